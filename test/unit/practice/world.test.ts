import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWorld, EPOCH } from '../../../src/practice/world/create.ts';
import type { World } from '../../../src/practice/world/world.ts';
import { worldReport } from '../../../src/practice/world-report.ts';

let world: World;
const fresh = (seed: number) => createWorld({ scenario: 'bad-deploy', seed, speed: 1 });
beforeEach(() => {
  world = fresh(1);
});
afterEach(() => world.stop());

const told = (of: World) => JSON.stringify({ ...worldReport(of), now: null });
const open = () => world.state.incidents.filter((incident) => incident.status !== 'resolved');
const ofCharge = () =>
  world.state.instances.filter(
    ({ tags }) => tags.service === 'charge-central' && tags.environment === 'prod',
  );

test('the same seed makes the same world, byte for byte; another seed another', () => {
  const [twin, other] = [fresh(1), fresh(2)];
  expect(told(twin)).toBe(told(world));
  expect(JSON.stringify(twin.state)).toBe(JSON.stringify(world.state));
  expect(told(other)).not.toBe(told(world));
  twin.stop();
  other.stop();
});

test('the tribe has its squads, services, machines and months of history', () => {
  const { state } = world;
  expect(state.squads).toHaveLength(5);
  expect(state.services).toHaveLength(32);
  expect(state.stacks).toHaveLength(64);
  expect(state.instances).toHaveLength(80);
  expect(state.containers).toHaveLength(400);
  expect(state.squads.filter((squad) => squad.levels[0]?.length === 0).map((squad) => squad.id)).toEqual([
    'identity',
  ]);
  expect(Math.min(...state.images.map((image) => image.pushedAt))).toBeLessThan(EPOCH - 120 * 86_400_000);
  const ids = [...state.services.map((one) => one.pagerId), ...state.instances.map((one) => one.id)];
  expect(new Set(ids).size).toBe(ids.length);
  for (const stack of state.stacks) {
    const newest = stack.events.at(-1);
    expect([stack.status, newest?.status, newest?.logicalId]).toEqual([
      'UPDATE_COMPLETE',
      'UPDATE_COMPLETE',
      stack.name,
    ]);
  }
});

test('the story begins with its three incidents, paged to Sam', () => {
  expect(
    open().map(({ title, urgency, status, assignees, createdAt }) => ({
      title,
      urgency,
      status,
      assignees,
      at: new Date(createdAt).toISOString().slice(11, 19),
    })),
  ).toEqual([
    { title: 'disk 91%', urgency: 'low', status: 'acknowledged', assignees: ['PSAM001'], at: '02:12:40' },
    { title: '5xx above 2%', urgency: 'high', status: 'triggered', assignees: ['PSAM001'], at: '03:08:00' },
    { title: 'DLQ not empty', urgency: 'high', status: 'triggered', assignees: ['PSAM001'], at: '03:10:00' },
  ]);
  expect(world.activeEffects().map((effect) => effect.key)).toEqual(['charge-central-1.0.283']);
  const sick = world.state.containers.filter(
    (one) => one.name === 'charge-central' && one.health === 'unhealthy',
  );
  expect(sick).toHaveLength(2);
});

function deploy(version: string): void {
  const stack = world.state.stacks.find((one) => one.name === 'charge-central');
  if (stack === undefined) throw new Error('no stack');
  const parameters = { ...stack.parameters, ImageTag: version };
  world.stacks.update(stack, { parameters, tags: null, token: null, who: 'sam' });
}

test('rolling back heals everything, and two minutes later the incidents close by themselves', () => {
  deploy('1.0.282');
  world.advance(200);
  expect(world.activeEffects()).toHaveLength(1);
  expect(open()).toHaveLength(3);
  world.advance(100);
  expect(world.activeEffects()).toHaveLength(0);
  expect(open()).toHaveLength(3);
  world.advance(130);
  expect(open().map((incident) => incident.title)).toEqual(['disk 91%']);
  expect(ofCharge().map(({ health, tags }) => [health, tags.version])).toEqual(
    Array(3).fill(['Healthy', '1.0.282']),
  );
});

test('the bad version does it all again when it comes back', () => {
  deploy('1.0.282');
  world.advance(600);
  deploy('1.0.283');
  world.advance(380);
  expect(world.activeEffects()).toHaveLength(1);
  expect(open()).toHaveLength(1);
  world.advance(480);
  expect(open().map((incident) => incident.title)).toEqual(['disk 91%', '5xx above 2%', 'DLQ not empty']);
});

test('an incident that is closed while its cause lasts is opened anew', () => {
  const incident = open().find((one) => one.title === '5xx above 2%');
  if (incident === undefined) throw new Error('no incident');
  world.incidents.resolve(incident.id, 'PSAM001');
  world.advance(60);
  expect(open()).toHaveLength(2);
  world.advance(80);
  expect(open().map((one) => one.title)).toContain('5xx above 2%');
});
