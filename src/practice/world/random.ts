import type { Random } from './world.ts';

/**
 * A small seeded generator (sfc32, Chris Doty-Humphrey's PractRand family) started from a hash of seed and name:
 * the same seed and name give the same sequence, on every machine and in whatever order others are used.
 */
export function createRandom(seed: number, name: string): Random {
  const next = sfc32(...hash(`${seed}:${name}`));
  const integer = (min: number, max: number) => min + Math.floor(next() * (max - min + 1));
  return {
    next,
    integer,
    pick<T>(from: readonly T[]): T {
      const item = from[integer(0, from.length - 1)];
      if (item === undefined) throw new RangeError('Nothing to pick from');
      return item;
    },
    hex(length) {
      let digits = '';
      while (digits.length < length) digits += integer(0, 0xffff).toString(16).padStart(4, '0');
      return digits.slice(0, length);
    },
  };
}

/** Upper-case letters and digits, as in PagerDuty's ids. */
export function alphanumeric(random: Random, length: number): string {
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789';
  return Array.from({ length }, () => letters[random.integer(0, letters.length - 1)]).join('');
}

function sfc32(first: number, second: number, third: number, fourth: number): () => number {
  let [a, b, c, counter] = [first, second, third, fourth];
  const next = () => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 12; round++) next();
  return next;
}

/** Four 32-bit words by FNV-1a with four offsets and a last mix (MurmurHash3's finaliser). */
function hash(text: string): [number, number, number, number] {
  const word = (offset: number) => {
    let value = (0x811c9dc5 ^ offset) >>> 0;
    for (let index = 0; index < text.length; index++) {
      value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
    }
    value = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
    value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35);
    return value ^ (value >>> 16);
  };
  return [word(0), word(0x9e3779b9), word(0x243f6a88), word(0xb7e15162)];
}
