import type { TextProps } from 'ink';

/** What a colour means. */
export type Tone =
  | 'muted'
  | 'good'
  | 'warn'
  | 'bad'
  | 'accent'
  | 'border'
  | 'loose'
  | 'guarded'
  | 'unguarded'
  | 'practice'
  | 'alarm'
  | ServiceTone;

/** Of the services whose lines are shown together: none that tells a level. */
type ServiceTone = `service${1 | 2 | 3 | 4 | 5 | 6}`;

export type Style = Pick<TextProps, 'color' | 'backgroundColor' | 'dimColor' | 'bold' | 'inverse'>;
export type Styles = Readonly<Record<Tone, Style>>;

export const THEMES = ['standard', 'colour-blind', 'plain'] as const;
export type Theme = (typeof THEMES)[number];

/** How many colours a terminal has; 0: none, or none wanted. */
export type Colours = 0 | 16 | 256;

/** The terminal's own sixteen colours say how it looks, so that it stays readable on any background. */
const STANDARD: Styles = {
  muted: { color: 'gray' },
  good: { color: 'green' },
  warn: { color: 'yellow' },
  bad: { color: 'redBright' },
  accent: { color: 'cyan' },
  border: { color: 'gray' },
  loose: { color: 'green' },
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

/** Blue against yellow, and no red against green: told apart with any of the usual colour blindnesses. */
const BLUE_YELLOW: Styles = {
  ...STANDARD,
  good: { color: 'blueBright' },
  warn: { color: 'yellow' },
  bad: { color: 'yellowBright', bold: true },
  accent: { color: 'whiteBright' },
  loose: { color: 'blueBright' },
  guarded: { color: 'black', backgroundColor: 'yellowBright', bold: true },
  unguarded: { color: 'whiteBright', backgroundColor: 'blue' },
  practice: { inverse: true, bold: true },
  alarm: { color: 'yellowBright', bold: true, inverse: true },
  service1: { color: 'blueBright' },
  service2: { color: 'yellow' },
  service3: { color: 'whiteBright' },
  service4: { color: 'blue' },
  service5: { color: 'yellowBright' },
  service6: { color: 'gray' },
};

/**
 * With 256 colours that are the same everywhere: those of M. Okabe and K. Ito, "Color Universal Design"
 * (https://jfly.uni-koeln.de/color/), by the nearest of xterm's cube.
 */
const OKABE_ITO: Styles = {
  ...BLUE_YELLOW,
  muted: { color: 'ansi256(245)' },
  border: { color: 'ansi256(240)' },
  good: { color: 'ansi256(74)' },
  warn: { color: 'ansi256(214)' },
  bad: { color: 'ansi256(202)', bold: true },
  accent: { color: 'ansi256(117)' },
  loose: { color: 'ansi256(74)' },
  guarded: { color: 'ansi256(16)', backgroundColor: 'ansi256(202)', bold: true },
  unguarded: { color: 'ansi256(16)', backgroundColor: 'ansi256(74)' },
  alarm: { color: 'ansi256(202)', bold: true },
  service1: { color: 'ansi256(117)' },
  service2: { color: 'ansi256(221)' },
  service3: { color: 'ansi256(175)' },
  service4: { color: 'ansi256(32)' },
  service5: { color: 'ansi256(255)' },
  service6: { color: 'ansi256(36)' },
};

const PLAIN: Styles = {
  muted: {},
  good: {},
  warn: { bold: true },
  bad: { bold: true },
  accent: {},
  border: {},
  loose: {},
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

export function stylesOf(theme: Theme, colours: Colours): Styles {
  if (theme === 'plain' || colours === 0) return PLAIN;
  if (theme === 'colour-blind') return colours === 256 ? OKABE_ITO : BLUE_YELLOW;
  return STANDARD;
}
