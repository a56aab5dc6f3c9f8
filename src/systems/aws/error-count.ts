import type { Instant } from '../../model/instant.ts';
import type { ErrorCount, LogTime } from '../../model/ports/index.ts';
import { ERROR_VALUES, isError } from '../log/level.ts';
import { readLogText } from '../log/log-text.ts';
import { windowOf } from '../log/window.ts';
import { filterPage, type GroupOfLogs, literally } from './log-page.ts';

const MAX_PAGES = 40;

/**
 * Events of error or worse in a span. FilterLogEvents counts nothing: it is asked for the events that hold a word for
 * such a level, and each is judged as if it were shown. So many pages at most, then the count is told as "at least".
 * Logs Insights would count by itself, but bills each byte that it scans and needs permissions of its own.
 */
export async function countErrors(
  { clients, group, now }: Omit<GroupOfLogs, 'environment'> & { now(): Instant },
  span: LogTime,
  signal?: AbortSignal,
): Promise<ErrorCount> {
  const place = { clients, environment: span.environment, group };
  // Spans are told in CloudWatch's own time, which only an answer of it tells.
  await filterPage(place, { from: now(), to: now() + 1, limit: 1 }, signal);
  const { from, to } = windowOf(span, now());
  let count = 0;
  let nextToken: string | undefined;
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const more = nextToken === undefined ? {} : { nextToken };
    const answer = await filterPage(place, { from, to, pattern: ERRORS, ...more }, signal);
    count += (answer.events ?? []).filter(({ message }) => isError(readLogText(message ?? '').level)).length;
    nextToken = answer.nextToken;
    if (nextToken === undefined) return { count, atLeast: false };
  }
  return { count, atLeast: true };
}

/**
 * Any of these words, in the cases that loggers write them: patterns heed case. A number is a level only as a field.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 */
const ERRORS = ERROR_VALUES.flatMap((value) =>
  /^\d/.test(value)
    ? [`level":${value}`, `level": ${value}`, `level=${value}`]
    : [value, value.toUpperCase(), `${value.charAt(0).toUpperCase()}${value.slice(1)}`],
)
  .map((word) => `?${literally(word)}`)
  .join(' ');
