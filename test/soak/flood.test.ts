import { expect, test } from 'vitest';
import { flood } from './flood.ts';
import { slope } from './slope.ts';

const MB = 1_048_576;

test('a log that never ends: lines, patterns and heap stay bounded', async () => {
  const flooded = await flood({ from: 'lines', lines: 160_000, rate: 1_000, sampleEvery: 10_000 });
  expect(flooded.came).toBeGreaterThanOrEqual(160_000);
  const full = flooded.samples.filter(({ lines }) => lines > 110_000);
  expect(Math.max(...full.map(({ kept }) => kept))).toBeLessThanOrEqual(100_000);
  expect(flooded.patterns).toBeLessThanOrEqual(2_048);
  const heaps = full.map(({ heap }) => heap / MB);
  expect(Math.max(...heaps) - Math.min(...heaps)).toBeLessThan(16);
}, 120_000);

test('through Splunk every line comes once, and no job is left behind', async () => {
  const flooded = await flood({ from: 'splunk', lines: 8_000, rate: 60, sampleEvery: 1_000 });
  expect(flooded).toMatchObject({ came: flooded.expected, notShown: 0, jobsLeft: 0 });
  expect(flooded.counted).toBe(flooded.came);
}, 120_000);

test('the slope of a line is found, and how sure it is', () => {
  const straight = [0, 1, 2, 3].map((x) => ({ x, y: 5 + 2 * x }));
  expect(slope(straight)).toEqual({ slope: 2, error: 0 });
  expect(slope([...straight, { x: 4, y: 20 }]).error).toBeGreaterThan(0);
});
