import type { LogFound } from '../model/log-counts.ts';
import type { LogLine } from '../model/log-line.ts';
import type { Context } from './row.ts';

/** The lines of a search of at most `most`, and what there is to know of those that are missing. */
export function printFound(
  { stdout, stderr }: Pick<Context, 'stdout' | 'stderr'>,
  { lines, incomplete }: LogFound,
  most: number,
  form: (line: LogLine) => string,
  json: boolean,
): void {
  stdout.write(lines.map(form).join(''));
  if (incomplete !== null) {
    const { code, message } = incomplete;
    // After the lines, for who reads these alone.
    if (json) stdout.write(`${JSON.stringify({ incomplete: { code, message } })}\n`);
    stderr.write(`oncall: there may be more lines: ${message}\n`);
  }
  if (lines.length >= most) {
    stderr.write(`oncall: only the newest ${most} lines; ask for less with --since or --grep.\n`);
  } else if (lines.length === 0 && incomplete === null) {
    stderr.write('oncall: no such lines in that time.\n');
  }
}
