import { styleText } from 'node:util';

/** What a colour means; the terminal's own sixteen colours say how it looks. */
export type Tone = 'strong' | 'muted' | 'good' | 'warn' | 'bad' | 'accent' | 'practice' | 'production';

export type Paint = (tone: Tone | null, text: string) => string;

type Format = Parameters<typeof styleText>[0];

const FORMATS: Readonly<Record<Tone, Format>> = {
  strong: 'bold',
  muted: 'gray',
  good: 'green',
  warn: 'yellow',
  bad: ['bold', 'redBright'],
  accent: 'cyan',
  practice: ['bold', 'black', 'bgYellow'],
  production: ['bold', 'whiteBright', 'bgRed'],
};

/** Words on a background have room around them. */
const BADGES: ReadonlySet<Tone> = new Set(['practice', 'production']);

/** Colours, or none at all. */
export function painter(color: boolean): Paint {
  if (!color) return (_tone, text) => text;
  return (tone, text) => {
    if (tone === null || text === '') return text;
    return styleText(FORMATS[tone], BADGES.has(tone) ? ` ${text} ` : text, { validateStream: false });
  };
}
