import { MINUTE } from '../model/instant.ts';
import type { LogLine } from '../model/log-line.ts';

/** One error is an error; this many within a minute are what an incident begins with. */
export const BURST = 5;
export const BURST_MS = MINUTE;

/**
 * The first line of the first burst of errors among lines that are ordered by time; null: there is none.
 * @param version only its lines count, and those that name no version
 */
export function errorOnset(lines: readonly LogLine[], version: string): LogLine | null {
  const errors = lines.filter((line) => isErrorOf(line, version));
  const first = errors.find((line, index) => {
    const last = errors[index + BURST - 1];
    return last !== undefined && last.at - line.at <= BURST_MS;
  });
  return first ?? null;
}

export function isErrorOf({ level, version }: LogLine, wanted: string): boolean {
  return (level === 'error' || level === 'fatal') && (version === null || version === wanted);
}
