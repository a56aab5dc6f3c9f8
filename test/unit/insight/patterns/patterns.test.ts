import { expect, test } from 'vitest';
import { type Pattern, type PatternBounds, PatternEngine } from '../../../../src/insight/patterns/engine.ts';
import { corpus, type Labelled, randomOf, shuffled } from './corpus.ts';
import { HELD_OUT, TUNED } from './templates.ts';

const SEEDS = [1, 2, 3, 4, 5];
const BOUNDS: PatternBounds = { shapes: 4_096, lineBytes: 1_000_000 };

function engineOf(lines: readonly string[], bounds = BOUNDS): PatternEngine {
  const engine = new PatternEngine(bounds);
  lines.forEach((line, index) => {
    const bytes = Buffer.from(line);
    engine.add(bytes, 0, bytes.length, index + 1);
  });
  return engine;
}
const patternsOf = (...lines: readonly string[]) => engineOf(lines).patterns();
const templates = (...lines: readonly string[]) => patternsOf(...lines).map(({ template }) => template);

/** The share of lines whose cluster has exactly the lines of their template. */
function accuracy(lines: readonly Labelled[], patterns: readonly Pattern[]): number {
  const sizes = new Map<number, number>();
  for (const { label } of lines) sizes.set(label, (sizes.get(label) ?? 0) + 1);
  let right = 0;
  for (const pattern of patterns) {
    const labels = new Set([...pattern.lines()].map((number) => lines[number - 1]?.label ?? -1));
    const [label = -1] = labels;
    if (labels.size === 1 && sizes.get(label) === pattern.count) right += pattern.count;
  }
  return right / lines.length;
}

const SETS = { tuned: TUNED, 'held out': HELD_OUT, both: [...TUNED, ...HELD_OUT] };
const RUNS = SEEDS.flatMap((seed) => [
  [seed, 'tuned'] as const,
  [seed, 'held out'] as const,
  [seed, 'both'] as const,
]);

test.each(RUNS)('lines are grouped by their templates, in any order (seed %i, %s)', (seed, set) => {
  const random = randomOf(seed);
  const lines = corpus(random, 3_000, SETS[set]);
  const patterns = engineOf(lines.map(({ text }) => text)).patterns();
  const found = accuracy(lines, patterns);
  console.info(`seed ${seed}, ${set}: ${lines.length} lines, accuracy ${found.toFixed(4)}`);
  expect(found).toBeGreaterThanOrEqual(0.95);
  const other = engineOf(shuffled(lines, random).map(({ text }) => text)).patterns();
  const about = (all: readonly Pattern[]) => all.map(({ id, count, template }) => ({ id, count, template }));
  expect(about(other)).toEqual(about(patterns));
});

test('values are masked', () => {
  const line =
    'took 12ms for 0xdeadbeef at 10.0.0.1:80 by 9b2f0c1e-aaaa-4bbb-8ccc-1234567890ab as "a b" with n=x: 1, 2, 3 end';
  expect(templates(line)).toEqual(['took <*> for <*> at <*> by <*> as <*> with n=<*> end']);
});

test('JSON, key=value and plain lines with a head are the same pattern, of all that they tell', () => {
  const [found, ...others] = patternsOf(
    '{"ts":"2026-11-17T03:12:00.000Z","level":"error","message":"Lost 3 of \\"x\\"","version":"1.0.1","host":"i-1"}',
    'ts=2026-11-17T03:10:00Z level=warn msg="Lost 4 of \\"y\\"" version=1.0.2',
    '2026-11-17 03:14:00,123 ERROR Lost 5 of "z"',
    'I, [2026-11-17T03:13:00.123000 #7]  INFO -- : Lost 6 of "z"',
  );
  expect(others).toEqual([]);
  expect(found).toMatchObject({
    template: 'Lost <*> of <*>',
    count: 4,
    firstAt: Date.parse('2026-11-17T03:10:00Z'),
    lastAt: Date.parse('2026-11-17T03:14:00.123Z'),
    levels: ['error', 'warn', 'info'],
    versions: ['1.0.1', '1.0.2'],
    instances: ['i-1'],
  });
});

test('memory is bounded: what is rarest goes, the rest keeps its count and lines', () => {
  const rare = Array.from(
    { length: 4_000 },
    (_, n) => `${word(n)} ${word(n * 7 + 1)} ${word(n * 13 + 5)} ${'x '.repeat(n % 90)}`,
  );
  const lines = rare.flatMap((line, n) => (n % 4 === 0 ? [`Lost ${n} keys`, line] : [line]));
  const engine = engineOf(lines, { shapes: 500, lineBytes: 100_000 });
  const patterns = engine.patterns();
  expect(patterns.length).toBeLessThanOrEqual(500);
  expect(engine.dropped + patterns.reduce((sum, { count }) => sum + count, 0)).toBe(lines.length);
  const lost = patterns.find(({ template }) => template === 'Lost <*> keys');
  expect([...(lost?.lines() ?? [])]).toEqual(
    lines.flatMap((line, index) => (line.startsWith('Lost') ? [index + 1] : [])),
  );
});

test('lines that are nearly all different stay within the bound, and every line is counted or told as dropped', () => {
  const engine = new PatternEngine({ shapes: 500, lineBytes: 0 });
  for (let n = 0; n < 30_000; n++) {
    const bytes = Buffer.from(
      n % 3 === 0 ? `Lost ${n} keys` : [1, 7, 13, 31].map((k) => word(n * k)).join(' '),
    );
    engine.add(bytes, 0, bytes.length, n + 1);
    expect(engine.kept).toBeLessThanOrEqual(500);
  }
  const patterns = engine.patterns();
  expect(engine.dropped + patterns.reduce((sum, { count }) => sum + count, 0)).toBe(30_000);
  expect(patterns[0]).toMatchObject({ template: 'Lost <*> keys', count: 10_000 });
});

test('a pattern keeps all its lines, times and levels when its forms are more than are kept apart', () => {
  const levels = ['ERROR', 'WARN', 'INFO'];
  const lines = Array.from(
    { length: 5_000 },
    (_, n) =>
      `2026-11-17T03:${10 + (n % 50)}:00Z ${levels[n % 3]} user ${word(n)} moved ${word(n * 7)} to the archive`,
  );
  const engine = engineOf(lines, { shapes: 500, lineBytes: 1_000_000 });
  const [found, ...others] = engine.patterns();
  expect(others).toEqual([]);
  expect(engine.dropped).toBe(0);
  expect(found).toMatchObject({
    template: 'user <*> moved <*> to the archive',
    count: 5_000,
    firstAt: Date.parse('2026-11-17T03:10:00Z'),
    lastAt: Date.parse('2026-11-17T03:59:00Z'),
    levels: ['error', 'warn', 'info'],
  });
  expect([...(found?.lines() ?? [])]).toEqual(lines.map((_, index) => index + 1));
});

test('line numbers are kept within their bytes', () => {
  const lines = Array.from({ length: 1_000 }, (_, n) => `Lost ${n} keys`);
  const [found] = engineOf(lines, { shapes: 100, lineBytes: 100 }).patterns();
  expect(found?.count).toBe(1_000);
  expect([...(found?.lines() ?? [])]).toEqual(
    Array.from({ length: found?.lines().length ?? 0 }, (_, n) => n + 1),
  );
  expect(found?.lines().length).toBeLessThanOrEqual(100);
});

function word(n: number): string {
  return [...String(n)].map((digit) => 'qwtzuiopkl'[Number(digit)]).join('');
}
