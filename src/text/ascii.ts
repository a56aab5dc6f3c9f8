import stringWidth from 'string-width';

/** Our own signs, and what people type most; each with one of as many columns. */
const SIGNS: Readonly<Record<string, string>> = {
  '…': '~',
  '’': "'",
  '‘': "'",
  '“': '"',
  '”': '"',
  '–': '-',
  '−': '-',
  '─': '-',
  '━': '=',
  '╌': '.',
  '│': '|',
  '┊': ':',
  '┆': ':',
  '┤': '|',
  '└': '`',
  '╭': '+',
  '╮': '+',
  '╰': '+',
  '╯': '+',
  '·': '-',
  '×': 'x',
  '≠': '#',
  '±': '~',
  '→': '>',
  '←': '<',
  '↑': '^',
  '↓': 'v',
  '↵': '<',
  '⇧': '^',
  '▶': '>',
  '▲': '^',
  '▸': '+',
  '▾': '-',
  '●': '*',
  '○': 'o',
  '◌': '.',
  '◆': '#',
  '◇': '=',
  '✓': 'v',
  '✗': 'x',
  '‹': '<',
  '›': '>',
  '␤': '|',
  '▁': '_',
  '▂': '.',
  '▃': ':',
  '▄': '-',
  '▅': '=',
  '▆': '+',
  '▇': '%',
  '█': '#',
  '░': '.',
  '▒': ':',
  '▓': '=',
};

const NOT_ASCII = /[^\p{ASCII}]/u;
let graphemes: Intl.Segmenter | null = null;

/** The text in ASCII, in the same columns: our signs as their likes, what has none as `?`. */
export function ascii(text: string): string {
  if (!NOT_ASCII.test(text)) return text;
  graphemes ??= new Intl.Segmenter(undefined, { granularity: 'grapheme' });
  let told = '';
  for (const { segment } of graphemes.segment(text)) {
    told += NOT_ASCII.test(segment) ? (SIGNS[segment] ?? likeOf(segment)) : segment;
  }
  return told;
}

/** `é` is an `e`; a sign without a like is a `?` for each of its columns. */
function likeOf(segment: string): string {
  const columns = stringWidth(segment);
  const [base = ''] = segment.normalize('NFD');
  return columns === 1 && !NOT_ASCII.test(base) ? base : '?'.repeat(columns);
}
