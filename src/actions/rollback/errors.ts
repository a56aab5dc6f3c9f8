import { logSystem } from '../../insight/log-system.ts';
import { type Counted, errorRate } from '../../insight/rollback/error-rate.ts';
import { type FailureCode, toFailure } from '../../model/failure.ts';
import { type Instant, MINUTE, SECOND } from '../../model/instant.ts';
import { ownText } from '../../model/safe-text.ts';
import type { ActionContext } from '../action.ts';
import { within } from '../within.ts';
import type { Place } from './place.ts';

/** Short, so that it seldom reaches back to where the bad version did not serve yet. */
const BEFORE_MS = 3 * MINUTE;
const AFTER_MS = MINUTE;
/** Lines are found some seconds after they were written: a span is counted so long after its end. */
const SETTLING_MS = 10 * SECOND;
/** Added to what a deploy takes. */
export const COUNTING_MS = AFTER_MS + SETTLING_MS;

/** With these, asking again a minute later answers the same. */
const LASTING: ReadonlySet<FailureCode> = new Set([
  'not_configured',
  'unauthorized',
  'forbidden',
  'not_found',
  'invalid',
]);

/** The errors before a person confirmed, and in the minute after only the new group served. */
export interface ErrorTally {
  /** How long until the span after can be counted, in milliseconds of the cloud's time; 0 or less: now. */
  left(servedSince: Instant, signal: AbortSignal | undefined): Promise<number>;
  /** The sentence. Never throws: what could not be counted is said. */
  told(servedSince: Instant, signal: AbortSignal | undefined): Promise<string>;
}

/**
 * Moments are on the cloud's clock, and the log system is asked by their age: the two clocks may differ, and yet a
 * minute ago is a minute ago for both.
 */
export function errorTally(
  { systems, limits }: ActionContext,
  { service, environment }: Place,
  confirmedAt: Instant,
): ErrorTally {
  let before: Counted | null = null;

  async function count(from: Instant, to: Instant, signal: AbortSignal | undefined): Promise<Counted> {
    const now = systems.now('aws');
    const span = { service, environment, sinceMs: now - from, untilMs: now - to };
    try {
      const counting = async (each: AbortSignal) => (await systems.logSearch()).errorCount(span, each);
      const found = await within(logSystem(service), limits.read, counting, signal);
      return { kind: 'counted', ...found, spanMs: to - from };
    } catch (thrown) {
      const { code, text } = toFailure(logSystem(service), thrown);
      return { kind: LASTING.has(code) ? 'impossible' : 'unread', why: text };
    }
  }

  async function countBefore(signal: AbortSignal | undefined): Promise<Counted> {
    if (before === null || before.kind === 'unread') {
      before = await count(confirmedAt - BEFORE_MS, confirmedAt, signal);
    }
    return before;
  }

  async function countAfter(servedSince: Instant, signal: AbortSignal | undefined): Promise<Counted> {
    const passed = systems.now('aws') - servedSince - SETTLING_MS;
    if (passed <= 0) return { kind: 'unread', why: ownText('the clock of the cloud does not go on') };
    return count(servedSince, servedSince + Math.min(AFTER_MS, passed), signal);
  }

  return {
    async left(servedSince, signal) {
      before ??= await countBefore(signal);
      if (before.kind === 'impossible') return 0;
      return servedSince + AFTER_MS + SETTLING_MS - systems.now('aws');
    },
    async told(servedSince, signal) {
      const counts = [countBefore(signal), countAfter(servedSince, signal)] as const;
      return errorRate(...(await Promise.all(counts)), `oncall logs ${service.name} --env ${environment}`);
    },
  };
}
