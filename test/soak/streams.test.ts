import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../src/model/instant.ts';
import { followStream } from './streams/follow.ts';
import { wrongWith } from './streams/judge.ts';
import { soakStreams } from './streams/soak.ts';
import type { Stream, Trouble } from './streams/stream.ts';

const RUNS = 60;

/** Lines of which some are equal, and a few late. */
const CALM: Stream = {
  bursts: [
    { at: -20 * SECOND, count: 40, spread: 20 * SECOND, delay: 300, hidden: 0, same: false, reversed: false },
    { at: 10 * SECOND, count: 30, spread: 3 * SECOND, delay: 1_500, hidden: 0, same: true, reversed: true },
    { at: 30 * SECOND, count: 4, spread: 0, delay: 300, hidden: MINUTE, same: false, reversed: false },
  ],
  troubles: [],
  pauses: [],
  cap: 50_000,
  page: 7,
  searchMs: 50,
  clockOffMs: 0,
  phaseMs: 0,
  dice: 1,
};

test('whatever comes late, at once or twice, and whatever fails: every line is shown once, or told as not shown', async () => {
  const seed = Number(process.env.ONCALL_SEED ?? Math.trunc(Math.random() * 2 ** 31));
  const told = await soakStreams({ runs: RUNS, seed });
  expect(told.streams, `seed ${seed}`).toBe(RUNS);
  expect(told.late, `seed ${seed}`).toBeGreaterThan(0);
}, 120_000);

test('pages of lines that overlap or come out of order: every line is shown once', async () => {
  const wrong: Trouble[] = ['shifted', 'shuffled', 'shifted', 'shuffled'];
  const troubles = wrong.map((kind, index) => ({ job: 2 * index, kind, times: 2 }));
  const followed = await followStream({ ...CALM, troubles });
  expect(wrongWith(followed)).toEqual([]);
  expect(new Set(followed.splunkd.struck)).toEqual(new Set(wrong));
  expect(followed.view).toMatchObject({ total: 74, notShown: 0 });
});

test.each([10 * MINUTE, -10 * MINUTE])(
  'a clock that is off by ten minutes: no line is lost, and the lag is told by the server’s clock (%i ms)',
  async (clockOffMs) => {
    const followed = await followStream({ ...CALM, clockOffMs });
    expect(wrongWith(followed)).toEqual([]);
    expect(followed.view).toMatchObject({ total: 74, notShown: 0 });
    expect(followed.view.lagMs).toBeLessThan(15 * SECOND);
  },
);
