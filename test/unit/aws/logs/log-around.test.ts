import { expect, test } from 'vitest';
import { MINUTE } from '../../../../src/model/instant.ts';
import { eventsAround } from '../../../../src/systems/aws/log-around.ts';
import { Ledger } from '../../../../src/systems/aws/log-ledger.ts';
import { factsOf, toLogLine } from '../../../../src/systems/aws/log-line.ts';
import type { EventPages } from '../../../../src/systems/aws/log-page.ts';

const AT = Date.parse('2026-11-17T03:12:41.250Z');

function around(pages: EventPages, limit: number, id = 'none') {
  const ledger = new Ledger();
  return eventsAround(
    {
      pages,
      toLines: (events) =>
        events.flatMap((event) => {
          const facts = factsOf(event);
          const own = facts === null ? null : ledger.found(event.eventId ?? '', facts);
          return facts === null || own === null ? [] : [toLogLine(own, facts, event, 'mailer')];
        }),
    },
    { at: AT, id },
    limit,
  );
}

test('pages that hold nothing and still go on end in words, not in silence', async () => {
  const empty: EventPages = async () => ({ events: [], nextToken: 'more' });
  const { before, after } = await around(empty, 10);
  expect([before.lines, after.lines]).toEqual([[], []]);
  expect([before.incomplete?.code, after.incomplete?.code]).toEqual(['too_large', 'too_large']);
});

test('events that look the same are all there, in pages of one each', async () => {
  const all = Array.from({ length: 9 }, (_, index) => ({
    eventId: String(index),
    logStreamName: 'i-0a',
    timestamp: AT + (Math.floor(index / 3) - 1) * MINUTE,
    message: 'the same',
  }));
  const pages: EventPages = async (from, to, token = '0') => {
    const found = all.filter(({ timestamp }) => timestamp >= from && timestamp < to);
    const next = Number(token) + 1;
    return {
      events: found.slice(Number(token), next),
      nextToken: next < found.length ? String(next) : undefined,
    };
  };
  const { before, after } = await around(pages, 20);
  expect([before.lines.length, after.lines.length]).toEqual([6, 3]);
  expect(new Set([...before.lines, ...after.lines].map(({ id }) => id)).size).toBe(9);
  expect([before.more, after.more, before.incomplete, after.incomplete]).toEqual([false, false, null, null]);
});
