import type { Line } from './line.ts';

/** Signs that say something, in words; none of them stands for itself. */
const WORDS: Readonly<Record<string, string>> = {
  '●': 'triggered',
  '○': 'acknowledged',
  '◌': 'starting',
  '✓': 'done',
  '✗': 'failed',
  '◆': 'related',
  '◇': 'related',
  '▶': '',
  '▸': 'closed,',
  '▾': 'open,',
  '→': 'to',
  '×': ' times ',
  '·': ',',
  '–': '-',
  '…': '...',
};
const SIGN = new RegExp(`[${Object.keys(WORDS).join('')}]`, 'gu');
const DRAWN = /[\u2500-\u259f]+/gu;

/** A row as a screen reader says it: words for signs, commas for lines between parts, nothing that is drawn; the chosen row begins with `>`. */
export function spoken(line: Line): Line {
  const [first] = line;
  const chosen = line.length === 1 && first?.inverse === true;
  const parts = line.map(({ text, tone }) => (tone === 'border' || tone === 'loose' ? between(text) : text));
  const text = parts
    .join('')
    .replace(DRAWN, '')
    .replace(SIGN, (sign) => WORDS[sign] ?? '')
    .replace(/ {2,}/g, ' ')
    .replace(/ ,/g, ',')
    .replace(/^[ ,]+|[ ,]+$/g, '');
  return [{ text: chosen ? `> ${text}` : text }];
}

function between(text: string): string {
  return /^[^ ]+ $/.test(text) ? ', ' : '';
}
