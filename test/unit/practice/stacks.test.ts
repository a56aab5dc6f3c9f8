import { afterEach, expect, test } from 'vitest';
import { createWorld } from '../../../src/practice/world/create.ts';
import { StackRefusal } from '../../../src/practice/world/stacks.ts';
import type { World } from '../../../src/practice/world/world.ts';

let world: World | undefined;
afterEach(() => world?.stop());

function open(scenario = 'bad-deploy', seed = 1): World {
  world?.stop();
  world = createWorld({ scenario, seed, speed: 1 });
  return world;
}

function chargeCentral({ state }: World) {
  const stack = state.stacks.find(({ name }) => name === 'charge-central');
  if (stack === undefined) throw new Error('charge-central has no stack');
  return stack;
}

function deploy(world: World, version: string): void {
  const stack = chargeCentral(world);
  const parameters = { ...stack.parameters, ImageTag: version };
  world.stacks.update(stack, { parameters, tags: null, token: 'token', who: 'sam' });
}

test('the same seed gives the same past and the same update', () => {
  const story = () => {
    const one = open();
    deploy(one, '1.0.282');
    one.advance(400);
    return chargeCentral(one).events.map(({ logicalId, status, physicalId, reason }) => [
      logicalId,
      status,
      physicalId,
      reason,
    ]);
  };
  expect(story()).toEqual(story());
});

test('past deploys end when they are said to have ended', () => {
  const { events } = chargeCentral(open());
  const ended = events.filter(({ type, status }) => type.endsWith('::Stack') && status === 'UPDATE_COMPLETE');
  expect(ended.slice(-2).map(({ at }) => new Date(at).toISOString())).toEqual([
    '2026-11-16T09:47:13.000Z',
    '2026-11-17T03:02:00.000Z',
  ]);
});

test('every failed deploy of the past was rolled back to what served before', () => {
  const { state } = open();
  const failed = state.deploys.filter(({ status }) => status === 'failed');
  expect(failed.length).toBeGreaterThan(0);
  for (const { service, environment, finishedAt } of failed) {
    const stack = state.stacks.find((one) => one.service === service && one.environment === environment);
    const end = stack?.events.find(({ at, type }) => at === finishedAt && type.endsWith('::Stack'));
    expect(end?.status).toBe('UPDATE_ROLLBACK_COMPLETE');
  }
});

test('events share the text of their properties, so months of them stay small', () => {
  const { events } = chargeCentral(open());
  const texts = events.flatMap(({ properties }) => properties ?? []);
  expect(new Set(texts).size).toBeLessThan(texts.length / 4);
});

test('two services are updated side by side', () => {
  const one = open();
  deploy(one, '1.0.282');
  one.advance(60);
  const mailer = one.state.stacks.find(({ name }) => name === 'mailer');
  const older = one.state.images.filter(({ repository }) => repository === 'mailer').at(-2);
  if (mailer === undefined || older === undefined) throw new Error('mailer has no past');
  const parameters = { ...mailer.parameters, ImageTag: older.tag };
  one.stacks.update(mailer, { parameters, tags: null, token: null, who: 'niamh' });
  one.advance(420);
  expect([chargeCentral(one).status, mailer.status]).toEqual(['UPDATE_COMPLETE', 'UPDATE_COMPLETE']);
  const types = mailer.events.slice(-30).map(({ type }) => type);
  expect(types).toContain('AWS::AutoScaling::LaunchConfiguration');
  expect(types).not.toContain('AWS::EC2::LaunchTemplate');
});

test('rolling the bad version back ends its effects and its incidents', () => {
  const one = open();
  expect(one.activeEffects()).toHaveLength(1);
  deploy(one, '1.0.282');
  one.advance(600);
  expect(one.activeEffects()).toEqual([]);
  const open5xx = one.state.incidents.filter(
    ({ effect, status }) => effect !== null && status !== 'resolved',
  );
  expect(open5xx).toEqual([]);
});

test('a scenario names images that never start', () => {
  const one = open('stuck-rollback');
  deploy(one, '1.0.282');
  expect(() => deploy(one, '1.0.281')).toThrow(StackRefusal);
  one.advance(700);
  const stack = chargeCentral(one);
  expect(stack.status).toBe('UPDATE_ROLLBACK_FAILED');
  one.stacks.continueRollback(stack, null);
  one.advance(120);
  expect(stack).toMatchObject({ status: 'UPDATE_ROLLBACK_COMPLETE', update: null });
  deploy(one, '1.0.281');
  one.advance(420);
  expect(stack.status).toBe('UPDATE_COMPLETE');
});
