import type { LogLevel } from '../../model/log-line.ts';
import type { Tone } from '../theme.ts';

interface LevelStyle {
  readonly name: string;
  readonly tone?: Tone;
  /** Of the message; none: as the terminal writes text. */
  readonly message?: Tone;
}

/** How each level looks. */
export const LEVELS: Readonly<Record<LogLevel, LevelStyle>> = {
  fatal: { name: 'FATAL', tone: 'alarm', message: 'bad' },
  error: { name: 'ERROR', tone: 'bad', message: 'bad' },
  warn: { name: 'WARN', tone: 'warn', message: 'warn' },
  info: { name: 'INFO' },
  debug: { name: 'DEBUG', tone: 'muted', message: 'muted' },
  unknown: { name: '' },
};
