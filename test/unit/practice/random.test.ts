import fc from 'fast-check';
import { expect, test } from 'vitest';
import { alphanumeric, createRandom } from '../../../src/practice/world/random.ts';

const many = (seed: number, name: string) => {
  const random = createRandom(seed, name);
  return Array.from({ length: 20 }, () => random.next());
};

test('the same seed and name give the same numbers, others give others', () => {
  expect(many(7, 'stacks')).toEqual(many(7, 'stacks'));
  expect(many(7, 'stacks')).not.toEqual(many(8, 'stacks'));
  expect(many(7, 'stacks')).not.toEqual(many(7, 'logs'));
});

test('numbers stay within their bounds and reach both ends', () => {
  fc.assert(
    fc.property(fc.integer(), fc.string(), (seed, name) => {
      const random = createRandom(seed, name);
      const throws = Array.from({ length: 200 }, () => random.integer(1, 6));
      expect(Math.min(...throws)).toBe(1);
      expect(Math.max(...throws)).toBe(6);
      const share = random.next();
      expect(share >= 0 && share < 1).toBe(true);
    }),
    { numRuns: 50 },
  );
});

test('digits and letters are as long and as plain as asked', () => {
  const random = createRandom(1, 'ids');
  expect(random.hex(17)).toMatch(/^[0-9a-f]{17}$/);
  expect(alphanumeric(random, 13)).toMatch(/^[A-Z0-9]{13}$/);
  expect(() => random.pick([])).toThrow(RangeError);
});
