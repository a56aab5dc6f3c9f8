import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Failure } from '../../../../src/model/failure.ts';
import { MINUTE, SECOND } from '../../../../src/model/instant.ts';
import { LogEvents } from '../../../../src/systems/aws/log-events.ts';
import { Ledger } from '../../../../src/systems/aws/log-ledger.ts';
import { newestEvents } from '../../../../src/systems/aws/log-newest.ts';
import type { EventPages } from '../../../../src/systems/aws/log-page.ts';
import { EPOCH, type FakeEvent, FakeLogGroup } from './fake-log-group.ts';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** So many events, evenly over the seconds from `from` on; pages of 1,000. */
function busy(count: number, from: number, seconds: number): FakeLogGroup {
  const events = Array.from({ length: count }, (_, index): FakeEvent => {
    const at = from + Math.floor((index * seconds * SECOND) / count);
    return { at, stream: 'i-1', message: `event ${index}`, ingestedAfter: 0, searchableAfter: 0 };
  });
  return new FakeLogGroup({ events, pageSize: 1_000, sample: 500, sessions: [], failures: [] });
}

function sweeps({ now }: FakeLogGroup, pages: EventPages): LogEvents {
  return new LogEvents({ service: 'mailer', sinceMs: 15 * MINUTE, ledger: new Ledger(), pages, now });
}

test('of a busy group the newest events are found, not the oldest of the last minutes', async () => {
  const group = busy(40_000, -2 * MINUTE, 120);
  const span = { oldest: EPOCH - 15 * MINUTE, end: group.now() };
  const newest = await newestEvents(group.pages, span, 500);
  expect(newest.map(({ message }) => message)).toEqual(
    Array.from({ length: 500 }, (_, index) => `event ${39_500 + index}`),
  );
});

test('what is older than the first lines of a busy group does not come after them', async () => {
  const group = busy(40_000, -2 * MINUTE, 120);
  const events = sweeps(group, group.pages);
  expect((await events.step()).lines).toHaveLength(500);
  vi.advanceTimersByTime(5 * SECOND);
  expect((await events.step()).lines).toEqual([]);
});

test('more than a step holds is shown step by step, and is complete only then', async () => {
  const group = busy(12_000, 5 * SECOND, 10);
  const events = sweeps(group, group.pages);
  const begun = await events.step();
  vi.advanceTimersByTime(20 * SECOND);
  const counts: number[] = [];
  for (let left = 12_000; left > 0; left -= counts.at(-1) ?? 0) {
    const { lines, completeTo } = await events.step();
    counts.push(lines.length);
    expect(completeTo > begun.completeTo).toBe(left === lines.length);
  }
  expect(counts.reduce((sum, each) => sum + each, 0)).toBe(12_000);
  expect(Math.max(...counts)).toBeLessThanOrEqual(5_000);
});

test('a page token that is not taken any more begins the window anew: nothing is missing or comes twice', async () => {
  const group = busy(6_000, 5 * SECOND, 10);
  let expired = 1;
  const pages: EventPages = async (from, to, nextToken, limit) => {
    if (nextToken?.startsWith('3000') && expired-- > 0)
      throw new Failure('aws', 'invalid', 'The specified nextToken is invalid.');
    return group.pages(from, to, nextToken, limit);
  };
  const events = sweeps(group, pages);
  await events.step();
  vi.advanceTimersByTime(20 * SECOND);
  const first = (await events.step()).lines;
  const second = (await events.step()).lines;
  expect(new Set([...first, ...second].map(({ message }) => message)).size).toBe(6_000);
  expect(first.length + second.length).toBe(6_000);
});

test('a step that fails has shown nothing, and the next one shows it', async () => {
  const group = busy(10, 5 * SECOND, 1);
  let failing = false;
  const events = sweeps(group, async (...asked) => {
    if (failing) throw new Failure('aws', 'rate_limited', 'Rate exceeded.');
    return group.pages(...asked);
  });
  const before = await events.step();
  vi.advanceTimersByTime(20 * SECOND);
  failing = true;
  await expect(events.step()).rejects.toMatchObject({ code: 'rate_limited' });
  expect(events.completeTo).toBe(before.completeTo);
  failing = false;
  expect((await events.step()).lines).toHaveLength(10);
});
