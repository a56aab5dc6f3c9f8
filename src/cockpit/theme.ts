import type { TextProps } from 'ink';

/** What a colour means; the terminal's own sixteen colours say how it looks, so that every theme stays readable. */
export type Tone =
  | 'muted'
  | 'good'
  | 'warn'
  | 'bad'
  | 'accent'
  | 'border'
  | 'guarded'
  | 'unguarded'
  | 'practice'
  | 'alarm';

type Style = Pick<TextProps, 'color' | 'backgroundColor' | 'dimColor' | 'bold' | 'inverse'>;

const COLOURED: Readonly<Record<Tone, Style>> = {
  muted: { color: 'gray' },
  good: { color: 'green' },
  warn: { color: 'yellow' },
  bad: { color: 'redBright' },
  accent: { color: 'cyan' },
  border: { color: 'gray' },
  guarded: { color: 'whiteBright', backgroundColor: 'red', bold: true },
  unguarded: { color: 'black', backgroundColor: 'green' },
  practice: { color: 'black', backgroundColor: 'yellow', bold: true },
  alarm: { color: 'redBright', bold: true },
};

const PLAIN: Readonly<Record<Tone, Style>> = {
  muted: {},
  good: {},
  warn: { bold: true },
  bad: { bold: true },
  accent: {},
  border: {},
  guarded: { inverse: true, bold: true },
  unguarded: {},
  practice: { inverse: true },
  alarm: { bold: true },
};

/** https://no-color.org: any value but the empty one. */
const tones = process.env.NO_COLOR ? PLAIN : COLOURED;

export function style(tone: Tone | undefined): Style {
  return tone === undefined ? {} : tones[tone];
}
