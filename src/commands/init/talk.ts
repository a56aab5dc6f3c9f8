import { painter } from '../../text/paint.ts';
import { wrap } from '../../text/wrap.ts';
import { Interrupted, type Output } from '../row.ts';
import { ask } from '../write/ask.ts';

/** The person broke it off (Ctrl-C, Ctrl-D) or said no to the end of it. */
export class BrokenOff extends Error {
  override readonly name = 'BrokenOff';
}

const BY_CTRL_C = 130;

/** What an answer is good for: the value, or what is wrong with it in a sentence. */
export type Checked<T> = { readonly value: T } | { readonly wrong: string };

export interface Question<T> {
  /** Without a colon. */
  readonly text: string;
  /** What Enter takes, as it would be typed; missing: there has to be an answer. */
  readonly usual?: string | undefined;
  /** Shown for the usual answer instead of it. */
  readonly usualText?: string | undefined;
  /** What `?` prints. */
  readonly help?: string | undefined;
  check(answer: string): Checked<T> | Promise<Checked<T>>;
}

/** A conversation in plain lines on a terminal. */
export class Talk {
  readonly #output: Output;
  readonly #stop: AbortSignal;
  readonly paint: ReturnType<typeof painter>;

  /** @param stop aborted with an `Interrupted` by a signal: Ctrl-C too, where it comes between two questions */
  constructor(output: Output, stop: AbortSignal) {
    this.#output = output;
    this.#stop = stop;
    this.paint = painter(output.color);
  }

  get columns(): number {
    return this.#output.columns || 100;
  }

  say(text = '', indent = 0): void {
    const room = Math.max(20, this.columns - indent);
    for (const line of wrap(text, room)) this.write(`${' '.repeat(indent)}${line}`);
  }

  /** Lines as they are. */
  write(...lines: readonly string[]): void {
    if (lines.length > 0) this.#output.write(`${lines.map((line) => line.trimEnd()).join('\n')}\n`);
  }

  title(name: string, about: string): void {
    this.write('', `${this.paint('strong', name)}  ${this.paint('muted', about)}`);
  }

  /** Asks until the answer is good. Throws BrokenOff. */
  async ask<T>({ text, usual, usualText, help, check }: Question<T>): Promise<T> {
    const shown = usualText ?? usual;
    const usually = shown === undefined ? '' : this.paint('muted', ` [${shown}]`);
    for (;;) {
      const answer = this.#stop.aborted ? null : await ask(`  ${text}${usually}: `, this.#stop);
      if (answer === null) throw this.#brokenOff();
      if (answer === '?') {
        this.say(help ?? 'There is nothing more to say about it.', 4);
        continue;
      }
      if (answer === '' && usual === undefined) {
        this.#wrong(help === undefined ? 'It needs an answer (Ctrl-C ends).' : `It needs an answer. ${help}`);
        continue;
      }
      const checked = await check(answer === '' ? (usual ?? '') : answer);
      if ('value' in checked) return checked.value;
      this.#wrong(checked.wrong);
    }
  }

  yes(text: string, usual: boolean): Promise<boolean> {
    return this.ask({
      text,
      usual: usual ? 'y' : 'n',
      usualText: usual ? 'Y/n' : 'y/N',
      check: (answer) =>
        /^(y|yes|n|no)$/i.test(answer) ? { value: /^y/i.test(answer) } : { wrong: 'Answer y or n.' },
    });
  }

  /** One of a few, by its number; they are printed first. */
  async choose<T>(
    text: string,
    choices: readonly (readonly [label: string, value: T])[],
    usual = 1,
  ): Promise<T> {
    for (const [index, [label]] of choices.entries()) this.say(`${index + 1}  ${label}`, 4);
    return this.ask({
      text,
      usual: String(usual),
      check: (answer) => {
        const chosen = /^\d+$/.test(answer) ? choices[Number(answer) - 1] : undefined;
        return chosen === undefined
          ? { wrong: `Answer with a number from 1 to ${choices.length}.` }
          : { value: chosen[1] };
      },
    });
  }

  /** Some of many, by their numbers: `1 3-5`, `*` for all, `-` for none. */
  async chooseSome<T>(
    text: string,
    choices: readonly (readonly [label: string, value: T])[],
    usual: '*' | '-' | string,
  ): Promise<readonly T[]> {
    for (const [index, [label]] of choices.entries()) {
      this.say(`${String(index + 1).padStart(2)}  ${label}`, 2);
    }
    const usualText = usual === '*' ? 'all' : usual === '-' ? 'none' : usual;
    return this.ask({
      text: `${text} Numbers such as 1 3-5, * for all, - for none`,
      usual,
      usualText,
      check: (answer) => numbers(answer, choices.length, (at) => choices[at]?.[1]),
    });
  }

  #brokenOff(): Error {
    const why: unknown = this.#stop.reason;
    return why instanceof Interrupted && why.exitCode !== BY_CTRL_C ? why : new BrokenOff();
  }

  #wrong(sentence: string): void {
    for (const line of wrap(sentence, this.columns - 4)) this.write(`    ${this.paint('warn', line)}`);
  }
}

function numbers<T>(
  answer: string,
  count: number,
  at: (index: number) => T | undefined,
): Checked<readonly T[]> {
  const wrong = { wrong: `Answer with numbers from 1 to ${count}, such as 1 3-5; * for all, - for none.` };
  if (answer === '-') return { value: [] };
  const chosen = new Set<number>();
  for (const part of answer === '*' ? [`1-${count}`] : answer.split(/[\s,]+/)) {
    const [, from, to = from] = /^(\d{1,4})(?:-(\d{1,4}))?$/.exec(part) ?? [];
    if (from === undefined || Number(from) < 1 || Number(to) > count || Number(to) < Number(from))
      return wrong;
    for (let number = Number(from); number <= Number(to); number += 1) chosen.add(number - 1);
  }
  return { value: [...chosen].toSorted((one, other) => one - other).flatMap((index) => at(index) ?? []) };
}
