import { expect, test } from 'vitest';
import { judgeFreeze } from '../../../src/insight/freeze.ts';
import type { Freeze, FreezeWindow } from '../../../src/model/catalog.ts';
import { HOUR } from '../../../src/model/instant.ts';
import { NOW } from './cast.ts';

// NOW is a Tuesday, 03:12 UTC.
const once = (from: number, to: number): FreezeWindow => ({ kind: 'once', from: NOW + from, to: NOW + to });
const weekly = (
  from: readonly [number, number],
  to: readonly [number, number],
  timeZone = 'UTC',
): FreezeWindow => ({
  kind: 'weekly',
  from: { weekday: from[0], minutes: from[1] * 60 },
  to: { weekday: to[0], minutes: to[1] * 60 },
  timeZone,
});
const freeze = (window: FreezeWindow, own: Partial<Freeze> = {}): Freeze => ({
  window,
  environments: null,
  services: null,
  reason: 'Black Friday',
  ...own,
});
const NOWADAYS = once(-HOUR, HOUR);

test.each<[string, readonly Freeze[], 'pass' | 'block']>([
  ['no windows', [], 'pass'],
  ['inside', [freeze(NOWADAYS)], 'block'],
  ['over', [freeze(once(-HOUR, 0))], 'pass'],
  ['not begun', [freeze(once(1, HOUR))], 'pass'],
  ['it begins now', [freeze(once(0, HOUR))], 'block'],
  ['this environment', [freeze(NOWADAYS, { environments: ['prod'] })], 'block'],
  ['another environment', [freeze(NOWADAYS, { environments: ['test'] })], 'pass'],
  ['this service', [freeze(NOWADAYS, { services: ['charge-central'] })], 'block'],
  ['another service', [freeze(NOWADAYS, { services: ['mailer'] })], 'pass'],
  ['the second of two', [freeze(once(1, HOUR)), freeze(NOWADAYS)], 'block'],
  ['a part of every week', [freeze(weekly([2, 0], [2, 6]))], 'block'],
  ['another part of it', [freeze(weekly([5, 16], [1, 8]))], 'pass'],
  ['over the end of a week', [freeze(weekly([5, 16], [2, 8]))], 'block'],
  [
    'by the clock of its place: still Monday there',
    [freeze(weekly([2, 0], [2, 6], 'America/New_York'))],
    'pass',
  ],
  ['by the clock of its place: later there', [freeze(weekly([2, 12], [2, 13], 'Asia/Tokyo'))], 'block'],
])('%s', (_name, freezes, result) => {
  const wish = { service: 'charge-central', environment: 'prod', now: NOW, override: null, mending: null };
  expect(judgeFreeze(freezes, wish)).toMatchObject({ id: 'freeze', result });
});

test('a block says until when, why, and how to go on; a reason lets it pass and is told', () => {
  const wish = { service: 'charge-central', environment: 'prod', now: NOW, mending: null };
  const freezes = [freeze(weekly([2, 0], [2, 6], 'Europe/London'))];
  expect(judgeFreeze(freezes, { ...wish, override: null }).text).toBe(
    'charge-central in prod is frozen until Tue 06:00 Europe/London (Black Friday). To go on all the same, give a reason: oncall rollback charge-central --env prod --override-freeze REASON.',
  );
  expect(judgeFreeze(freezes, { ...wish, override: 'customers cannot pay' })).toEqual({
    id: 'freeze',
    result: 'pass',
    text: 'charge-central in prod is frozen until Tue 06:00 Europe/London (Black Friday); overridden: customers cannot pay.',
  });
});

test.each([
  ['cancel_update', '--cancel'],
  ['continue_rollback', '--continue'],
] as const)('%s: the command that goes on names %s', (mending, flag) => {
  const wish = { service: 'charge-central', environment: 'prod', now: NOW, override: null, mending };
  expect(judgeFreeze([freeze(NOWADAYS)], wish).text).toContain(
    `oncall rollback charge-central --env prod ${flag} --override-freeze REASON.`,
  );
});
