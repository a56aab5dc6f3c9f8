import fc from 'fast-check';
import { MINUTE, SECOND } from '../../../src/model/instant.ts';

/** What a search does instead of answering in full. */
export const TROUBLES = [
  'quota',
  'reset',
  'failed',
  'stopped',
  'warned',
  'expired',
  'gone',
  'short',
  'shifted',
  'shuffled',
  'slow',
  'cut',
] as const;
export type Trouble = (typeof TROUBLES)[number];

/** Events that are written together; times in milliseconds since the log is first looked at. */
interface Burst {
  readonly at: number;
  readonly count: number;
  readonly spread: number;
  /** Until it is indexed. */
  readonly delay: number;
  /** From then on until a search finds it: within the bound of five minutes. */
  readonly hidden: number;
  /** All events are equal, or come in the other order. */
  readonly same: boolean;
  readonly reversed: boolean;
}

/** A log and everything that goes wrong while it is followed. */
export interface Stream {
  readonly bursts: readonly Burst[];
  /** From that search on, in so many of them. */
  readonly troubles: readonly { readonly job: number; readonly kind: Trouble; readonly times: number }[];
  /** Nobody looks for a while. */
  readonly pauses: readonly { readonly at: number; readonly for: number }[];
  /** Rows that Splunk keeps of a search, and gives in one page. */
  readonly cap: number;
  readonly page: number;
  readonly searchMs: number;
  /** How far this machine's clock is behind Splunk's, and how far into a second it begins. */
  readonly clockOffMs: number;
  readonly phaseMs: number;
  /** Of the random pauses after failures. */
  readonly dice: number;
}

/** One event as Splunk has it; times on its clock. */
export interface StreamEvent {
  readonly n: number;
  readonly at: number;
  /** Index time, whole seconds. */
  readonly indexed: number;
  readonly visible: number;
  readonly raw: string;
}

/** The last thing is written so long after the first look. */
const LENGTH_MS = 3 * MINUTE;

const burst: fc.Arbitrary<Burst> = fc.record({
  at: fc.integer({ min: -MINUTE, max: LENGTH_MS }),
  count: fc.oneof(
    { weight: 30, arbitrary: fc.integer({ min: 1, max: 8 }) },
    { weight: 10, arbitrary: fc.integer({ min: 1, max: 90 }) },
    // More than are read again in each look.
    { weight: 1, arbitrary: fc.integer({ min: 1_500, max: 3_000 }) },
  ),
  spread: fc.constantFrom(0, 0, 1, 400, 3 * SECOND, 20 * SECOND),
  delay: fc.constantFrom(0, 300, 1_500, 4 * SECOND, 12 * SECOND, 90 * SECOND),
  hidden: fc.constantFrom(0, 0, 0, SECOND, 8 * SECOND, 29 * SECOND, MINUTE, 200 * SECOND, 299 * SECOND),
  same: fc.boolean(),
  reversed: fc.boolean(),
});

export const stream: fc.Arbitrary<Stream> = fc.record({
  bursts: fc.array(burst, { minLength: 1, maxLength: 14, size: 'max' }),
  troubles: fc.array(
    fc.record({
      job: fc.nat({ max: 45 }),
      kind: fc.constantFrom(...TROUBLES),
      times: fc.integer({ min: 1, max: 3 }),
    }),
    { maxLength: 10, size: 'max' },
  ),
  pauses: fc.array(
    fc.record({
      at: fc.integer({ min: 5 * SECOND, max: LENGTH_MS }),
      for: fc.integer({ min: 1, max: MINUTE }),
    }),
    { maxLength: 1 },
  ),
  cap: fc.oneof({ weight: 2, arbitrary: fc.constant(50_000) }, fc.integer({ min: 4, max: 60 })),
  page: fc.constantFrom(1_000, 1_000, 7),
  searchMs: fc.constantFrom(50, 50, 900, 4 * SECOND),
  clockOffMs: fc.constantFrom(0, 10 * MINUTE, -10 * MINUTE),
  phaseMs: fc.nat({ max: 999 }),
  dice: fc.nat(),
});

/** `begin`: when the log is first looked at, on Splunk's clock. */
export function eventsOf({ bursts }: Stream, begin: number): readonly StreamEvent[] {
  const events: StreamEvent[] = [];
  for (const { at, count, spread, delay, hidden, same, reversed } of bursts) {
    for (let each = 0; each < count; each += 1) {
      const within = Math.floor((spread * (reversed ? count - 1 - each : each)) / count);
      const time = begin + at + within;
      const n = events.length;
      events.push({
        n,
        at: time,
        indexed: Math.floor((time + delay) / SECOND) * SECOND,
        visible: time + delay + hidden,
        raw: same ? 'the pump is on fire' : `event ${n} of the pump`,
      });
    }
  }
  return events;
}
