import { expect, test } from 'vitest';
import type { LogLine } from '../../../src/model/log-line.ts';
import { ownText } from '../../../src/model/safe-text.ts';
import { Ring } from '../../../src/watch/ring.ts';

const line = (id: number, message = 'x'): LogLine => ({
  id: String(id),
  at: id,
  indexedAt: id,
  level: 'info',
  message: ownText(message),
  service: 'charge-central',
  instance: null,
  version: null,
  fields: {},
  late: false,
});
const lines = (from: number, to: number, message?: string) =>
  Array.from({ length: to - from }, (_, index) => line(from + index, message));
const ids = (ring: Ring) => ring.snapshot().map(({ id }) => Number(id));

test('the newest are kept, the total goes on', () => {
  const ring = new Ring(1e9, 3);
  ring.push(lines(0, 5));
  expect(ids(ring)).toEqual([2, 3, 4]);
  expect(ring.total).toBe(5);
});

test('a line that comes again is not taken again', () => {
  const ring = new Ring(1e9, 10);
  ring.push(lines(0, 4));
  ring.push(lines(2, 6));
  expect(ids(ring)).toEqual([0, 1, 2, 3, 4, 5]);
  expect(ring.total).toBe(6);
});

test('a line that was dropped is not taken again', () => {
  const ring = new Ring(1e9, 3);
  ring.push(lines(0, 5));
  expect(ring.push(lines(0, 5))).toEqual([]);
  expect(ring.total).toBe(5);
});

test('late lines stand in their place by time, equal times as they came', () => {
  const ring = new Ring(1e9, 10);
  ring.push([line(4), line(9), { ...line(5), at: 4 }, line(1), { ...line(6), at: 4 }, line(7)]);
  expect(ids(ring)).toEqual([1, 4, 5, 6, 7, 9]);
});

test('bytes are bounded, however long the lines', () => {
  const ring = new Ring(1_000_000, 1_000_000);
  for (let step = 0; step < 50; step++) ring.push(lines(step * 100, step * 100 + 100, 'y'.repeat(1_000)));
  expect(ring.bytes).toBeLessThanOrEqual(1_000_000);
  expect(ring.snapshot().length).toBeGreaterThan(300);
  expect(ids(ring).at(-1)).toBe(4_999);
});

test('a list that was handed out does not change', () => {
  const ring = new Ring(1e9, 2);
  ring.push(lines(0, 2));
  const before = ring.snapshot();
  ring.push(lines(2, 4));
  expect(before.map(({ id }) => id)).toEqual(['0', '1']);
});
