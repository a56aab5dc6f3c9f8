import { LEVELS } from '../../insight/log-names.ts';
import type { LogLevel } from '../../model/log-line.ts';

/** Written out near the start of a plain line, as loggers do; the first one counts. */
export const LEVEL_WORDS = [
  'FATAL',
  'CRITICAL',
  'SEVERE',
  'ERROR',
  'WARNING',
  'WARN',
  'INFO',
  'DEBUG',
  'TRACE',
] as const;
/** So many characters are its start. */
export const START = 160;
const LEVEL_IN_TEXT = new RegExp(String.raw`\b(${LEVEL_WORDS.join('|')})\b|\blevel="?([a-z]+)`);

export function isError(level: LogLevel): boolean {
  return level === 'error' || level === 'fatal';
}

/** All that a field may say for error or worse, in lower case. */
export const ERROR_VALUES: readonly string[] = [...LEVELS]
  .filter(([, level]) => isError(level))
  .map(([name]) => name);
/** All that the start of a plain line may say for it. */
export const ERROR_WORDS: readonly string[] = LEVEL_WORDS.filter((word) =>
  isError(levelNamed(word) ?? 'unknown'),
);

/** What a field says; null: nothing that is a level. */
export function levelNamed(told: unknown): LogLevel | null {
  return LEVELS.get(String(told).toLowerCase()) ?? null;
}

export function levelInText(raw: string): LogLevel {
  const found = LEVEL_IN_TEXT.exec(raw.slice(0, START));
  return levelNamed(found?.[1] ?? found?.[2] ?? '') ?? 'unknown';
}
