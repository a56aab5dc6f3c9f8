import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { MINUTE, SECOND } from '../../../../src/model/instant.ts';
import { EPOCH, type FakeEvent, FakeLogGroup, followed } from './fake-log-group.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Few streams, texts and times, so that many events look the same; bursts within one millisecond. */
const event = fc.record({
  at: fc.integer({ min: 0, max: 600 }).map((tenth) => tenth * 100),
  stream: fc.constantFrom('i-1', 'i-2'),
  message: fc.constantFrom('ERROR boom', 'INFO fine', ''),
  ingestedAfter: fc.oneof(
    { weight: 5, arbitrary: fc.integer({ min: 0, max: 4 * SECOND }) },
    fc.integer({ min: 0, max: 2.5 * MINUTE }),
  ),
  searchableAfter: fc.integer({ min: 0, max: 10 * SECOND }),
});
const burst = fc
  .tuple(event, fc.integer({ min: 1, max: 20 }))
  .map(([one, times]) => Array.from({ length: times }, () => one));
const group = fc.record({
  events: fc
    .array(fc.oneof({ weight: 4, arbitrary: event.map((one) => [one]) }, burst), { maxLength: 40 })
    .map((parts) => parts.flat()),
  pageSize: fc.integer({ min: 1, max: 50 }),
  sample: fc.integer({ min: 0, max: 20 }),
  sessions: fc.array(
    fc.record({
      seconds: fc.integer({ min: 0, max: 40 }),
      ending: fc.constantFrom(
        'SessionTimeoutException' as const,
        'reset' as const,
        'unknown' as const,
        'rate_limited' as const,
        'forbidden' as const,
      ),
    }),
    { maxLength: 6 },
  ),
  failures: fc.array(fc.integer({ min: 1, max: 80 }), { maxLength: 12 }),
});

/** The pages fail for so long that what they bring at last lies before the minute that is looked back. */
const alike = { at: 0, stream: 'i-1', message: 'ERROR boom', ingestedAfter: 0, searchableAfter: 0 };
const SLOW_TO_ANSWER = {
  events: [alike, alike],
  pageSize: 1,
  sample: 1,
  sessions: [],
  failures: [1, 2, 3, 4, 5, 6],
};

const looks = (at: number, stream: string, message: string) => `${at} ${stream} ${message}`;

test('late, alike and many at once, sampled and broken off: in the end each event is shown once', async () => {
  const once = async (plan: Parameters<typeof checkOnce>[0]) => checkOnce(plan);
  await fc.assert(fc.asyncProperty(group, once), { numRuns: 60, examples: [[SLOW_TO_ANSWER]] });
}, 60_000);

async function checkOnce(plan: ConstructorParameters<typeof FakeLogGroup>[0]): Promise<void> {
  const fake = new FakeLogGroup(plan);
  const stop = new AbortController();
  const following = followed(fake, stop.signal);
  await vi.advanceTimersByTimeAsync(8 * MINUTE);
  stop.abort();
  await vi.advanceTimersByTimeAsync(2 * SECOND);
  const lines = await following;
  expect(fake.open).toBe(0);
  expect(new Set(lines.map(({ id }) => id)).size).toBe(lines.length);
  const shown = lines.map(({ at, instance, message }) => looks(at - EPOCH, instance ?? '', message));
  const there = plan.events.map(({ at, stream, message }: FakeEvent) => looks(at, stream, message));
  expect(shown.toSorted()).toEqual(there.toSorted());
}
