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
  | 'alarm'
  | ServiceTone;

/** Of the services whose lines are shown together: none that tells a level. */
type ServiceTone = `service${1 | 2 | 3 | 4 | 5 | 6}`;

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
  service1: { color: 'cyan' },
  service2: { color: 'magenta' },
  service3: { color: 'green' },
  service4: { color: 'blueBright' },
  service5: { color: 'magentaBright' },
  service6: { color: 'cyanBright' },
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
  service1: {},
  service2: {},
  service3: {},
  service4: {},
  service5: {},
  service6: {},
};

/** https://no-color.org: any value but the empty one. */
const tones = process.env.NO_COLOR ? PLAIN : COLOURED;

export function style(tone: Tone | undefined): Style {
  return tone === undefined ? {} : tones[tone];
}
