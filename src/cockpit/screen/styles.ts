import type { AnsiCode } from '@alcalzone/ansi-tokenize';

const LINK = '\x1b]8;';
const RESET = '\x1b[m';

interface Style {
  /** Parameters of Select Graphic Rendition, each with those that end it. */
  readonly sgr: readonly Pick<AnsiCode, 'code' | 'endCode'>[];
  /** The sequence that opens the hyperlink; empty: there is none. */
  readonly link: string;
  readonly linkEnd: string;
}

const PLAIN: Style = { sgr: [], link: '', linkEnd: '' };

/** Looks of cells by number, and how a terminal gets from one to another; 0 is the plain one. */
export class Styles {
  readonly #styles: Style[] = [PLAIN];
  readonly #ids = new Map<string, number>([['', 0]]);
  readonly #transitions = new Map<number, string>();

  idOf(codes: readonly AnsiCode[]): number {
    const key = codes.map(({ code }) => code).join('');
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const link = codes.find(({ code }) => code.startsWith(LINK));
    const id = this.#styles.length;
    this.#styles.push({
      sgr: codes.filter(({ code }) => !code.startsWith(LINK)),
      link: link?.code ?? '',
      linkEnd: link?.endCode ?? '',
    });
    this.#ids.set(key, id);
    return id;
  }

  /** The shortest sequences that turn one look into the other. */
  transition(from: number, to: number): string {
    if (from === to) return '';
    const key = from * 65_536 + to;
    const known = this.#transitions.get(key);
    if (known !== undefined) return known;
    const [a, b] = [this.#styles[from] ?? PLAIN, this.#styles[to] ?? PLAIN];
    const told = linkChange(a, b) + sgrChange(a, b);
    this.#transitions.set(key, told);
    return told;
  }
}

function linkChange(from: Style, to: Style): string {
  if (from.link === to.link) return '';
  return to.link === '' ? from.linkEnd : to.link;
}

/** Either ends what the new look lacks and adds what it has more, or begins anew: whichever is shorter. */
function sgrChange(from: Style, to: Style): string {
  const has = (style: Style, wanted: string) => style.sgr.some(({ code }) => code === wanted);
  const ended = new Set(from.sgr.filter(({ code }) => !has(to, code)).map(({ endCode }) => endCode));
  // What ends one of them may end another that shares its end: bold and dim.
  const added = to.sgr.filter(({ code, endCode }) => !has(from, code) || ended.has(endCode));
  const replaced = new Set(added.map(({ endCode }) => endCode));
  const needless = (endCode: string) => replaced.has(endCode) && endCode !== SHARED_END;
  const ends = [...ended].filter((endCode) => !needless(endCode));
  const difference = joined([...ends, ...added.map(({ code }) => code)]);
  const anew = joined([RESET, ...to.sgr.map(({ code }) => code)]);
  return difference.length <= anew.length ? difference : anew;
}

/** Of bold and dim: a new one of them does not end the other. */
const SHARED_END = '\x1b[22m';

/** Several sequences of Select Graphic Rendition as one. */
function joined(codes: readonly string[]): string {
  if (codes.length === 0) return '';
  return `\x1b[${codes.map((code) => code.slice(2, -1)).join(';')}m`;
}
