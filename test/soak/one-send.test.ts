import { expect, test } from 'vitest';
import { soak } from './soak.ts';
import { Tally } from './tally.ts';

const WORLDS = 4;
const RUNS = 28;
/** On a busy machine fewer are played. */
const LONGEST_MS = 20_000;

test('whatever fails, nothing is sent twice, and what is told and written in the end is what the world says', async () => {
  const seed = Math.trunc(Math.random() * 2 ** 31);
  const tally = new Tally();
  const until = AbortSignal.timeout(LONGEST_MS);
  await Promise.all(
    Array.from({ length: WORLDS }, (_, world) =>
      soak({ runs: RUNS, seed: seed + world, children: false, until }, tally),
    ),
  );
  // The law is put to the test: it was acted, faults struck, and what died was taken up again.
  expect(tally.of('told at run', 'confirmed')).toBeGreaterThan(0);
  expect(tally.sum('faults that struck')).toBeGreaterThan(0);
  expect(tally.sum('told at attach')).toBeGreaterThan(0);
}, 120_000);
