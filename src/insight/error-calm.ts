import type { LogLine } from '../model/log-line.ts';
import { BURST, BURST_MS, isErrorOf } from './error-onset.ts';

/**
 * The last line of the last burst of errors among lines that are ordered by time; null: there is none.
 * @param version only its lines count, and those that name no version
 */
export function errorCalm(lines: readonly LogLine[], version: string): LogLine | null {
  const errors = lines.filter((line) => isErrorOf(line, version));
  const last = errors.findLast((line, index) => {
    const first = errors[index - BURST + 1];
    return first !== undefined && line.at - first.at <= BURST_MS;
  });
  return last ?? null;
}
