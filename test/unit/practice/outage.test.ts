import { expect, onTestFinished, test } from 'vitest';
import { createWorld } from '../../../src/practice/world/create.ts';
import { parseScenario, type Scenario } from '../../../src/practice/world/scenario.ts';
import type { World } from '../../../src/practice/world/world.ts';

const ZONE = 'eu-west-1b';

function open(scenario: string, told?: Scenario): World {
  const world = createWorld({ scenario, seed: 1, speed: 1 }, told);
  onTestFinished(() => world.stop());
  return world;
}

const inZone = ({ state }: World) => state.instances.filter(({ zone }) => zone === ZONE);
const openTitles = ({ state }: World) =>
  state.incidents.filter(({ status }) => status !== 'resolved').map(({ title }) => title);

test('the same seed floods the same way, byte for byte', () => {
  const [one, twin] = [open('az-outage'), open('az-outage')];
  for (const world of [one, twin]) world.advance(1_200);
  const told = ({ state }: World) => JSON.stringify(state);
  expect(told(twin)).toBe(told(one));
});

test('all of the zone is cut off, over many services of every squad, and nothing elsewhere', () => {
  const { state } = open('az-outage');
  const lost = state.instances.filter(({ cutOff }) => cutOff !== null);
  expect(lost.map(({ zone, health }) => [zone, health])).toEqual(Array(15).fill([ZONE, 'Unhealthy']));
  const squads = lost.map(({ tags }) => state.services.find(({ name }) => name === tags.service)?.squad);
  expect(new Set(squads).size).toBe(state.squads.length);
});

test('Auto Scaling is refused in the zone, then replaces everything in the others, and the incidents close', () => {
  const world = open('az-outage');
  const before = world.state.instances.length;
  const tried = world.state.activities.filter(({ failure }) => failure !== null);
  expect(new Set(tried.map(({ zone }) => zone))).toEqual(new Set([ZONE]));
  expect(openTitles(world)).toHaveLength(6);
  world.advance(1_200);
  expect(inZone(world)).toEqual([]);
  expect(world.state.instances.filter(({ health }) => health !== 'Healthy')).toEqual([]);
  expect(world.state.instances).toHaveLength(before);
  expect(world.state.troubles).toMatchObject([{ key: 'flood-eu-west-1b', service: null }]);
  expect(world.activeEffects()).toEqual([]);
  world.advance(200);
  expect(openTitles(world)).toEqual(['disk 91%']);
});

test('a rollback puts its instances into the other zones, and ends nothing', () => {
  const world = open('az-outage');
  const stack = world.state.stacks.find(({ name }) => name === 'checkout');
  if (stack === undefined) throw new Error('no stack');
  const parameters = { ...stack.parameters, ImageTag: '3.2.117' };
  world.stacks.update(stack, { parameters, tags: null, token: null, who: 'sam' });
  world.advance(500);
  const own = world.state.instances.filter(
    ({ tags }) => tags.service === 'checkout' && tags.environment === 'prod',
  );
  expect(own.map(({ tags }) => tags.version)).toEqual(['3.2.117', '3.2.117']);
  expect(own.map(({ zone }) => zone)).not.toContain(ZONE);
  expect(openTitles(world)).toContain('p99 above 800 ms');
  world.advance(1_000);
  expect(world.state.instances.filter(({ tags }) => tags.service === 'checkout')).toHaveLength(3);
});

test('a zone that comes back at its time takes its machines back as they were, and they write again', () => {
  const told = parseScenario(
    `
name: blink
story: A switch is rebooted.
outages:
  - { key: blink, zone: ${ZONE}, since: 2026-11-17T03:05:00Z, until: 2026-11-17T03:15:00Z }
`,
    'blink.yaml',
  );
  const world = open('blink', told);
  const ids = inZone(world).map(({ id }) => id);
  const [instance = ''] = ids;
  const lines = () =>
    world.logs.lines({ instance, from: world.now() - 60_000, to: world.now(), limit: 100 }).length;
  expect(lines()).toBe(0);
  world.advance(600);
  expect(inZone(world).map(({ id, cutOff, health }) => [id, cutOff, health])).toEqual(
    ids.map((id) => [id, null, 'Healthy']),
  );
  expect(lines()).toBeGreaterThan(0);
});

test('a queue that another squad fills: their service is well, and rolling it back ends it', () => {
  const world = open('queue-stuck');
  expect(openTitles(world)).toEqual(['disk 91%', 'DLQ not empty']);
  expect(world.state.instances.filter(({ health }) => health !== 'Healthy')).toEqual([]);
  const rejected = () =>
    world.logs.lines({
      service: 'ledger-api',
      from: world.now() - 60_000,
      to: world.now(),
      contains: 'checkout 3.2.119',
      limit: 200,
    });
  expect(rejected().length).toBeGreaterThan(20);
  const stack = world.state.stacks.find(({ name }) => name === 'checkout');
  if (stack === undefined) throw new Error('no stack');
  const parameters = { ...stack.parameters, ImageTag: '3.2.118' };
  world.stacks.update(stack, { parameters, tags: null, token: null, who: 'omar' });
  world.advance(600);
  expect(rejected()).toEqual([]);
  expect(openTitles(world)).toEqual(['disk 91%']);
});
