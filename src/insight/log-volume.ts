import type { Service } from '../model/catalog.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../model/instant.ts';
import { logSystem } from './log-system.ts';

/** What is known of a log without asking for more of it; times are on the log system's clock. */
export interface HeldLines {
  /** Every line since then is here; null: none is. */
  readonly since: Instant | null;
  /** Lines that are known to be missing among them. */
  readonly missing: number;
  readonly count: number;
}

/** More lines than these are the log system's to count, even where they would still be here. */
export const MOST_COUNTED_HERE = 100_000;

/** Why the log system counts; null: the lines here do. */
export type WhyAsked =
  | 'older than the lines here'
  | 'lines are missing here'
  | 'more lines than are kept here';

/**
 * Who counts the lines of a span that begins at `from`. `perSecond` is what comes now, of which the span is taken to
 * hold as much all along: asking for an exact number first would cost as much as the answer.
 */
export function askedOfSystem(
  span: { readonly from: Instant; readonly to: Instant },
  held: HeldLines,
  perSecond: number,
): WhyAsked | null {
  if (held.since === null || span.from < held.since) return 'older than the lines here';
  if (held.missing > 0) return 'lines are missing here';
  const expected = (perSecond * Math.max(0, span.to - span.from)) / SECOND;
  return Math.max(held.count, expected) > MOST_COUNTED_HERE ? 'more lines than are kept here' : null;
}

/** `counted by Splunk: 1.2 M lines in 15 min`. */
export function countedBySystem(
  service: Pick<Service, 'logGroup'>,
  told: { readonly lines: number; readonly atLeast: boolean; readonly spanMs: number },
): string {
  const lines = `${told.atLeast ? 'at least ' : ''}${rounded(told.lines)} ${told.lines === 1 ? 'line' : 'lines'}`;
  return `counted by ${systemName(service)}: ${lines} in ${spanOf(told.spanMs)}`;
}

/** Which holds its log, as people call it. */
export function systemName(service: Pick<Service, 'logGroup'>): string {
  return logSystem(service) === 'aws' ? 'CloudWatch' : 'Splunk';
}

/** Three digits at most, rounded down: `at least` stays true. */
function rounded(number: number): string {
  if (number < 1_000) return String(number);
  const [unit, name] = number < 1_000_000 ? [1_000, 'k'] : [1_000_000, 'M'];
  const scaled = number / unit;
  return `${scaled < 10 ? Math.floor(scaled * 10) / 10 : Math.floor(scaled)} ${name}`;
}

function spanOf(ms: number): string {
  if (ms < MINUTE) return `${Math.round(ms / SECOND)} s`;
  if (ms < 2 * HOUR) return `${Math.round(ms / MINUTE)} min`;
  return `${Math.round(ms / HOUR)} h`;
}
