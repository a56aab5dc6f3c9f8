import { describe, expect, test } from 'vitest';
import { Spread } from '../../../../src/insight/patterns/spread.ts';
import { DAY, MINUTE, SECOND } from '../../../../src/model/instant.ts';
import { randomOf, shuffled } from './corpus.ts';

const FROM = Date.UTC(2026, 10, 17, 3);

describe('counts over any time', () => {
  test.each([10 * SECOND, 10 * MINUTE, 3 * DAY])('even lines stay even, over %i ms', (span) => {
    const spread = new Spread();
    for (let index = 0; index < 1_000; index++) spread.add(FROM + (index / 1_000) * span);
    const counts = spread.counts(FROM, FROM + span, 5);
    expect(counts.reduce((sum, count) => sum + count)).toBe(1_000);
    expect(Math.min(...counts)).toBeGreaterThan(120);
  });

  test.each([1, 2, 3])('the same in any order, and joined of parts; none is lost (seed %i)', (seed) => {
    const random = randomOf(seed);
    const times = Array.from({ length: 500 }, () => FROM + Math.floor(random() ** 3 * DAY));
    const [one, other, part, rest] = [new Spread(), new Spread(), new Spread(), new Spread()];
    for (const at of times) one.add(at);
    for (const at of shuffled(times, random)) other.add(at);
    times.forEach((at, index) => {
      (index % 2 === 0 ? part : rest).add(at);
    });
    part.addAll(rest);
    const sum = (spread: Spread) => spread.counts(FROM, FROM + DAY, 10).reduce((all, count) => all + count);
    expect([sum(one), sum(other), sum(part)]).toEqual([500, 500, 500]);
    const halves = (spread: Spread) => spread.counts(FROM, FROM + DAY, 2);
    const told = halves(one);
    for (const spread of [other, part])
      expect(Math.abs((halves(spread)[0] ?? 0) - (told[0] ?? 0))).toBeLessThan(50);
  });
});
