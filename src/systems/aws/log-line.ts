import type { FilteredLogEvent, LiveTailSessionLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { type Instant, SECOND } from '../../model/instant.ts';
import type { LogLine } from '../../model/log-line.ts';
import { safeText } from '../../model/safe-text.ts';
import { readLogText } from '../log/log-text.ts';
import type { EventFacts } from './log-ledger.ts';

/** What tells one event from another; null: it is none. */
export function factsOf(event: FilteredLogEvent | LiveTailSessionLogEvent): EventFacts | null {
  if (event.timestamp === undefined) return null;
  return { stream: event.logStreamName ?? '', at: event.timestamp, message: event.message ?? '' };
}

/** Agents send what they gathered every few seconds: that is no delay worth a word. */
const DELAY_WORTH_SAYING_MS = 10 * SECOND;

/** Says of lines that came long after their own time, and after it was said to be complete. */
export function markLate(lines: readonly LogLine[], completeTo: Instant): readonly LogLine[] {
  const isLate = ({ at, indexedAt }: LogLine) => at < completeTo && indexedAt - at > DELAY_WORTH_SAYING_MS;
  return lines.map((line) => (isLate(line) ? { ...line, late: true } : line));
}

export function toLogLine(
  id: string,
  { stream, at, message }: EventFacts,
  { ingestionTime }: FilteredLogEvent | LiveTailSessionLogEvent,
  service: string,
): LogLine {
  return {
    id,
    at,
    indexedAt: ingestionTime ?? at,
    ...readLogText(message),
    service,
    instance: stream === '' ? null : safeText(stream),
    late: false,
  };
}
