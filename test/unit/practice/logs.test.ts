import { afterEach, describe, expect, it } from 'vitest';
import { HOUR, MINUTE, SECOND } from '../../../src/model/instant.ts';
import { createWorld } from '../../../src/practice/world/create.ts';
import { RETENTION } from '../../../src/practice/world/logs.ts';
import type { LogStoreQuery, World } from '../../../src/practice/world/world.ts';

const STORY = { service: 'charge-central', environment: 'prod' } as const;
const ALL = 1_000_000;
const NO_METHOD = "NoMethodError: undefined method `cents' for nil:NilClass";

let worlds: World[] = [];

function world(seed = 7, scenario = 'bad-deploy'): World {
  const made = createWorld({ scenario, seed, speed: 1 });
  worlds.push(made);
  return made;
}

function span(of: World, back: number, length: number): Pick<LogStoreQuery, 'from' | 'to' | 'limit'> {
  const from = Math.floor(of.now() / SECOND) * SECOND - back;
  return { from, to: from + length, limit: ALL };
}

afterEach(() => {
  for (const one of worlds) one.stop();
  worlds = [];
});

describe('the log store', () => {
  it('says the same of a span whenever it is asked', () => {
    const first = world();
    const asked = span(first, 10 * MINUTE, 5 * MINUTE);
    const before = first.logs.lines({ ...STORY, ...asked });
    first.advance(60);
    expect(before.length).toBeGreaterThan(100);
    expect(first.logs.lines({ ...STORY, ...asked })).toEqual(before);
    expect(world().logs.lines({ ...STORY, ...asked })).toEqual(before);
    expect(world(8).logs.lines({ ...STORY, ...asked })).not.toEqual(before);
  });

  it('is the same in one piece and in parts, for one service and for all', () => {
    const one = world();
    const { from, to, limit } = span(one, 8 * MINUTE, 4 * MINUTE);
    const whole = one.logs.lines({ ...STORY, from, to, limit });
    const middle = from + 37 * SECOND + 123;
    const parts = [
      ...one.logs.lines({ ...STORY, from, to: middle, limit }),
      ...one.logs.lines({ ...STORY, from: middle, to, limit }),
    ];
    expect(parts).toEqual(whole);
    const everyone = one.logs.lines({ from, to, limit });
    const own = everyone.filter((line) => line.service === STORY.service && line.environment === 'prod');
    expect(own).toEqual(whole);
  });

  it('gives every line an address of its own', () => {
    const one = world();
    const lines = one.logs.lines(span(one, 12 * MINUTE, 10 * MINUTE));
    expect(new Set(lines.map((line) => `${line.bucket}|${line.cd}`)).size).toBe(lines.length);
  });

  it('keeps the newest when there are more than the limit, oldest first', () => {
    const one = world();
    const asked = { ...STORY, ...span(one, 10 * MINUTE, 5 * MINUTE) };
    const all = one.logs.lines(asked);
    expect(one.logs.lines({ ...asked, limit: 25 })).toEqual(all.slice(-25));
    expect(all.map((line) => line.at)).toEqual(all.map((line) => line.at).toSorted((a, b) => a - b));
  });

  it('finds no line before it is indexed, most within seconds, some much later', () => {
    const one = world();
    const now = one.now();
    const lines = one.logs.lines({ from: now - 15 * MINUTE, to: now, limit: ALL });
    const lags = lines.map((line) => line.indexedAt - line.at).toSorted((a, b) => a - b);
    expect(lags.at(0)).toBeGreaterThanOrEqual(SECOND);
    expect(lags.at(-1)).toBeGreaterThan(30 * SECOND);
    expect(lags.at(-1)).toBeLessThanOrEqual(MINUTE);
    expect(lags.filter((lag) => lag > 4 * SECOND).length / lags.length).toBeLessThan(0.03);
    const end = one.now();
    expect(lines.every((line) => line.indexedAt <= end)).toBe(true);
    const recent = { from: end - 2 * SECOND, to: end, limit: ALL };
    expect(one.logs.lines({ ...recent, written: true }).length).toBeGreaterThan(
      one.logs.lines(recent).length,
    );
  });

  it('adds, as time passes, to index times that were read already', () => {
    const one = world();
    const now = one.now();
    const asked = { from: now - HOUR, to: now, indexedFrom: now - 5 * SECOND, indexedTo: now, limit: ALL };
    const early = one.logs.lines(asked);
    one.advance(120);
    const later = one.logs.lines(asked);
    expect(later.length).toBeGreaterThan(early.length);
    expect(later).toEqual(expect.arrayContaining([...early]));
  });

  it('speaks with the version that ran: the error is new since the bad deploy, and on it alone', () => {
    const one = world();
    const errors = one.logs.lines({ ...STORY, ...span(one, 2 * HOUR, 2 * HOUR), contains: NO_METHOD });
    expect(errors.length).toBeGreaterThan(100);
    expect(new Set(errors.map((line) => line.version))).toEqual(new Set(['1.0.283']));
    expect(new Set(errors.map((line) => line.environment))).toEqual(new Set(['prod']));
    const dayBefore = one.logs.lines({ ...STORY, ...span(one, 12 * HOUR, 10 * MINUTE) });
    expect(new Set(dayBefore.map((line) => line.version))).toEqual(new Set(['1.0.282']));
    expect(new Set(dayBefore.map((line) => line.instance)).size).toBe(3);
  });

  it('heals with the rollback, remembers the past, and follows machines that come and go unasked', () => {
    const one = world();
    const stack = one.state.stacks.find(({ name }) => name === 'charge-central');
    if (stack === undefined) throw new Error('no stack charge-central');
    const before = one.logs.lines({ ...STORY, ...span(one, 5 * MINUTE, 2 * MINUTE) });
    const machines = new Set(before.map((line) => line.instance));
    const bad = span(one, 5 * MINUTE, 2 * MINUTE);
    const parameters = { ...stack.parameters, ImageTag: '1.0.282' };
    one.stacks.update(stack, { parameters, tags: null, token: null, who: 'sam@harbour.example' });
    one.advance(HOUR / SECOND);
    const after = one.logs.lines({ ...STORY, ...span(one, 10 * MINUTE, 5 * MINUTE) });
    expect(new Set(after.map((line) => line.version))).toEqual(new Set(['1.0.282']));
    expect(after.filter((line) => line.raw.includes(NO_METHOD))).toEqual([]);
    expect(after.some((line) => machines.has(line.instance))).toBe(false);
    expect(one.logs.lines({ ...STORY, ...bad })).toEqual(before);
  });

  it('mixes formats, levels and several-line events', () => {
    const one = world();
    const lines = one.logs.lines({ environment: 'prod', ...span(one, 20 * MINUTE, 15 * MINUTE) });
    const some = (test: (raw: string) => boolean) => expect(lines.some((line) => test(line.raw))).toBe(true);
    some((raw) => raw.startsWith('{"ts":'));
    some((raw) => raw.startsWith('ts='));
    some((raw) => / "GET \S+ HTTP\/1\.1" 200 /.test(raw));
    some((raw) => /^I, \[2026-11-17T/.test(raw));
    some((raw) => /^2026-11-17 \S+ INFO {2}\[http-nio/.test(raw));
    some((raw) => raw.split('\n').length > 3);
    expect(new Set(lines.map((line) => line.level))).toEqual(new Set(['debug', 'info', 'warn', 'error']));
    const perSecond = lines.length / (15 * 60);
    expect(perSecond).toBeGreaterThan(10);
    expect(perSecond).toBeLessThan(100);
  });

  it('adds what it is told to, on a machine of that service, and forgets the oldest of very many', () => {
    const one = world();
    const first = one.now();
    one.logs.emit({ ...STORY, message: 'the first', level: 'warn' });
    one.advance(10);
    const [line, ...others] = one.logs.lines({
      ...STORY,
      from: first - SECOND,
      to: one.now(),
      contains: 'the first',
      limit: ALL,
    });
    expect(others).toEqual([]);
    expect(line).toMatchObject({ ...STORY, level: 'warn', version: '1.0.283' });
    expect(JSON.parse(line?.raw ?? '')).toMatchObject({ message: 'the first', level: 'warn' });
    one.logs.emit({ ...STORY, message: 'a flood', count: 151_000 });
    one.advance(10);
    const contains = (text: string) =>
      one.logs.lines({ ...STORY, from: first - SECOND, to: one.now(), contains: text, limit: ALL }).length;
    expect(contains('a flood')).toBe(150_000);
    expect(contains('the first')).toBe(0);
  });

  it('spreads lines over the coming time, one message after the other', () => {
    const one = world();
    const first = one.now();
    one.logs.emit({ ...STORY, message: ['tick', 'tock'], count: 100, overMs: 10 * SECOND });
    const said = () =>
      one.logs
        .lines({ ...STORY, from: first, to: first + MINUTE, contains: '"practice"', limit: ALL })
        .map(({ at, raw }) => [at - first, JSON.parse(raw).message]);
    expect(said()).toEqual([]);
    one.advance(5);
    expect(said().length).toBeGreaterThan(20);
    expect(said().length).toBeLessThan(50);
    one.advance(20);
    expect(said()).toHaveLength(100);
    expect(said().slice(0, 3)).toEqual([
      [0, 'tick'],
      [100, 'tock'],
      [200, 'tick'],
    ]);
  });

  it('has nothing of the future and nothing from before its retention', () => {
    const one = world();
    const now = one.now();
    expect(one.logs.lines({ ...STORY, from: now + SECOND, to: now + HOUR, limit: ALL })).toEqual([]);
    const old = now - RETENTION - HOUR;
    expect(one.logs.lines({ ...STORY, from: old, to: old + 30 * MINUTE, limit: ALL })).toEqual([]);
  });
});
