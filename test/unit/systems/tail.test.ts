import { describe, expect, test } from 'vitest';
import { Failure } from '../../../src/model/failure.ts';
import { MINUTE, SECOND } from '../../../src/model/instant.ts';
import { Pace } from '../../../src/systems/log/pace.ts';
import type { JobAnswer, JobRequest } from '../../../src/systems/splunk/job.ts';
import { Tail } from '../../../src/systems/splunk/tail.ts';

const START = Date.parse('2026-11-17T03:12:00Z');

/** Splunk in a few lines: events with an index time, found by index window, newest first, cut at the row cap. */
function splunk() {
  const events: { id: number; indexed: number }[] = [];
  const asked: JobRequest[] = [];
  const state = { now: START + SECOND / 2, incomplete: null as Failure | null };
  const run = async (request: JobRequest): Promise<JobAnswer> => {
    asked.push(request);
    const { from, to } = request.indexed ?? { from: 0, to: state.now + 1 };
    const found = events.filter(({ indexed }) => indexed >= from && indexed < to).toReversed();
    if (request.spl === 'counts') {
      const seconds = Map.groupBy(found, ({ indexed }) => Math.floor(indexed / SECOND));
      const rows = [...seconds].map(([at, { length }]) => ({ oncall_second: `${at}`, count: `${length}` }));
      return { rows, found: found.length, incomplete: state.incomplete };
    }
    const rows = found.slice(0, request.maxRows).map(({ id, indexed }) => ({
      _raw: `line ${id}`,
      _time: new Date(indexed).toISOString(),
      _indextime: String(Math.floor(indexed / SECOND)),
      _cd: `1:${id}`,
      _bkt: 'b',
    }));
    return { rows, found: found.length, incomplete: state.incomplete };
  };
  const tail = new Tail({
    serviceOf: () => 's',
    sinceMs: MINUTE,
    spl: { all: 'all', counts: 'counts', newest: (n) => `newest ${n}` },
    accepts: () => true,
    run,
    now: () => state.now,
  });
  const emit = (lines: number, indexed: number) => {
    for (let n = 0; n < lines; n += 1) events.push({ id: events.length + 1, indexed });
  };
  return { tail, asked, state, emit };
}

describe('the tail', () => {
  test('begins with the last lines, then reads index windows that overlap', async () => {
    const { tail, asked, state, emit } = splunk();
    emit(3, START - 10 * SECOND);
    const first = await tail.step();
    expect(first).toMatchObject({ completeTo: START - 2 * SECOND, notShown: 0 });
    expect(first.lines.map(({ message }) => message)).toEqual(['line 1', 'line 2', 'line 3']);
    state.now += 5 * SECOND;
    emit(1, START);
    const next = await tail.step();
    expect(next.lines.map(({ message, late }) => [message, late])).toEqual([['line 4', false]]);
    expect(asked[1]?.indexed).toEqual({ from: START - 32 * SECOND, to: START + 3 * SECOND });
  });

  test('shows a line that became searchable late, and says so', async () => {
    const { tail, state, emit } = splunk();
    await tail.step();
    state.now += 5 * SECOND;
    await tail.step();
    emit(1, START - 5 * SECOND);
    state.now += 5 * SECOND;
    expect((await tail.step()).lines).toMatchObject([{ late: true }]);
  });

  test('looks five minutes back once a minute', async () => {
    const { tail, asked, state } = splunk();
    await tail.step();
    for (let n = 0; n < 13; n += 1) {
      state.now += 5 * SECOND;
      await tail.step();
    }
    const spans = asked.slice(1).map(({ indexed }) => ((indexed?.to ?? 0) - (indexed?.from ?? 0)) / SECOND);
    expect(spans.filter((span) => span > 300)).toHaveLength(1);
  });

  test('does not advance over a window that failed or is not complete', async () => {
    const { tail, state, emit } = splunk();
    await tail.step();
    emit(1, START);
    state.now += 5 * SECOND;
    state.incomplete = new Failure('splunk', 'server_error', 'an indexer did not answer');
    await expect(tail.step()).rejects.toBe(state.incomplete);
    state.incomplete = null;
    state.now += MINUTE / 2;
    expect((await tail.step()).lines).toHaveLength(1);
  });

  test('counts a window with too many rows by second, and reads it in parts', async () => {
    const { tail, asked, state, emit } = splunk();
    await tail.step();
    state.now += 10 * SECOND;
    for (let second = 0; second < 8; second += 1) emit(1_500, START + second * SECOND);
    const batch = await tail.step();
    expect(batch).toMatchObject({ notShown: 0, completeTo: START + 8 * SECOND });
    expect(batch.lines).toHaveLength(12_000);
    expect(asked.length).toBeGreaterThan(3);
  });

  test('says how many lines of one second were too many', async () => {
    const { tail, state, emit } = splunk();
    await tail.step();
    state.now += 4 * SECOND;
    emit(8_000, START);
    const batch = await tail.step();
    expect(batch.lines).toHaveLength(5_000);
    expect(batch).toMatchObject({ notShown: 3_000, notShownIn: { from: START, to: START + SECOND } });
    state.now += 4 * SECOND;
    expect(await tail.step()).toMatchObject({ completeTo: START + 6 * SECOND, notShown: 0 });
  });

  test('finds a late line among more lines than any number of jobs would give, and reads its second alone', async () => {
    const { tail, asked, state, emit } = splunk();
    await tail.step();
    let shown = 0;
    for (let step = 0; step < 28; step += 1) {
      for (let second = 0; second < 2; second += 1) emit(400, state.now + second * SECOND);
      state.now += 2 * SECOND;
      shown += (await tail.step()).lines.length;
    }
    emit(1, START + 20 * SECOND);
    state.now += 4 * SECOND;
    const before = asked.length;
    const swept = await tail.step();
    expect(swept.lines.filter(({ late }) => late).map(({ message }) => message)).toEqual(['line 22401']);
    expect(shown + swept.lines.length + swept.notShown).toBe(22_401);
    expect(asked.slice(before).map(({ spl }) => spl)).toEqual(['counts', 'all', 'all']);
  });

  test('makes only so many jobs a step: of a storm the newest is shown, and the rest counted', async () => {
    const { tail, asked, state, emit } = splunk();
    await tail.step();
    state.now += 40 * SECOND;
    for (let second = 0; second < 38; second += 1) emit(3_000, START + second * SECOND);
    const batch = await tail.step();
    expect(asked.length).toBeLessThanOrEqual(13);
    expect(batch.lines.length + batch.notShown).toBe(114_000);
    expect(batch.lines.at(-1)?.message).toBe('line 114000');
    expect(batch.completeTo).toBe(START + 38 * SECOND);
  });
});

describe('the pace', () => {
  test('slows down while nothing comes or searches are slow, and is at once fast again', () => {
    const pace = new Pace();
    expect(pace.after(1, 100)).toBe(2_000);
    const quiet = Array.from({ length: 12 }, () => pace.after(0, 100));
    expect(quiet.at(-1)).toBe(10_000);
    expect(pace.after(5, 100)).toBe(2_000);
    expect(pace.after(5, 4_000)).toBe(16_000);
    expect(pace.after(5, 60_000)).toBe(30_000);
  });

  test('after failures waits longer each time, and as long as was asked for', () => {
    const pace = new Pace();
    const failure = new Failure('splunk', 'reset', 'x');
    const waits = Array.from({ length: 6 }, () => pace.afterTrouble(failure, 0, () => 1));
    expect(waits).toEqual([2_000, 4_000, 8_000, 16_000, 30_000, 30_000]);
    const asked = new Failure('splunk', 'rate_limited', 'x', { retryAt: 120_000 });
    expect(pace.afterTrouble(asked, 0, () => 0)).toBe(120_000);
  });
});
