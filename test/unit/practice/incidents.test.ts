import { afterEach, beforeEach, expect, test } from 'vitest';
import { createWorld } from '../../../src/practice/world/create.ts';
import type { PracticeIncident } from '../../../src/practice/world/state.ts';
import type { World } from '../../../src/practice/world/world.ts';

let world: World;
let incident: PracticeIncident;
beforeEach(() => {
  world = createWorld({ scenario: 'quiet', seed: 1, speed: 1 });
  const id = world.incidents.trigger({ service: 'cart', title: 'slow', urgency: 'high' });
  const made = world.state.incidents.find((one) => one.id === id);
  if (made === undefined) throw new Error('not made');
  incident = made;
});
afterEach(() => world.stop());

const log = () => incident.log.map((entry) => entry.type.replace('_log_entry', ''));
const refusal = (code: number) => expect.objectContaining({ name: 'IncidentRefusal', code });
const thrown = (what: () => void): unknown => {
  try {
    what();
  } catch (error) {
    return error;
  }
  return null;
};

test('a page goes to whoever has the duty, by every way', () => {
  expect(incident).toMatchObject({
    policyId: 'PPOLOWL',
    level: 1,
    assignees: ['PSAM001'],
    status: 'triggered',
  });
  expect(log()).toEqual(['trigger', 'assign', 'notify', 'notify', 'notify']);
});

test('in working hours the Dingo is paged', () => {
  world.advance(7 * 3600);
  const id = world.incidents.trigger({ service: 'cart', title: 'slow', urgency: 'low' });
  expect(world.state.incidents.find((one) => one.id === id)?.policyId).toBe('PPOLDGO');
});

test('unanswered for half an hour, it goes to the next level; acknowledged, it stays', () => {
  world.advance(29 * 60);
  expect(incident.level).toBe(1);
  world.advance(2 * 60);
  expect(incident).toMatchObject({ level: 2, assignees: ['PNIAM12'], status: 'triggered' });
  world.incidents.acknowledge(incident.id, 'PNIAM12');
  world.advance(3600);
  expect(incident).toMatchObject({ level: 2, status: 'acknowledged' });
});

test('acknowledging again is refused, by somebody else it is not', () => {
  world.incidents.acknowledge(incident.id, 'PSAM001');
  expect(thrown(() => world.incidents.acknowledge(incident.id, 'PSAM001'))).toEqual(refusal(1002));
  world.incidents.acknowledge(incident.id, 'PNIAM12');
  expect(incident.acknowledgers.map((one) => one.personId)).toEqual(['PSAM001', 'PNIAM12']);
});

test('what is resolved stays so', () => {
  world.incidents.resolve(incident.id, 'PSAM001');
  expect(incident).toMatchObject({ status: 'resolved', assignees: [] });
  for (const what of [
    () => world.incidents.resolve(incident.id, 'PSAM001'),
    () => world.incidents.acknowledge(incident.id, 'PSAM001'),
    () => world.incidents.reroute(incident.id, 'PPOLBI1', 'PSAM001'),
    () => world.incidents.snooze(incident.id, 60, 'PSAM001'),
  ]) {
    expect(thrown(what)).toEqual(refusal(1001));
  }
});

test('a re-route begins anew at the first level that has somebody', () => {
  world.incidents.acknowledge(incident.id, 'PSAM001');
  world.incidents.reroute(incident.id, 'PPOLBI1', 'PSAM001');
  expect(incident).toMatchObject({
    status: 'triggered',
    policyId: 'PPOLBI1',
    level: 1,
    assignees: ['PDORA01'],
    acknowledgers: [],
  });
  const identity = world.state.squads.find((squad) => squad.id === 'identity');
  world.incidents.reroute(incident.id, identity?.policyId ?? '', 'PSAM001');
  expect(incident).toMatchObject({ level: 2, assignees: identity?.levels[1] });
});

test('it escalates as far as there are levels', () => {
  world.incidents.escalate(incident.id, 2, 'PSAM001');
  expect(incident).toMatchObject({ level: 2, assignees: ['PNIAM12'] });
  expect(thrown(() => world.incidents.escalate(incident.id, 3, 'PSAM001'))).toEqual(refusal(1006));
});

test('assigned to a person, it escalates no more', () => {
  world.incidents.assign(incident.id, ['PDORA01'], 'PSAM001');
  world.advance(2 * 3600);
  expect(incident).toMatchObject({ assignees: ['PDORA01'], level: 0, status: 'triggered' });
});

test('a snooze ends, and pages again', () => {
  world.incidents.snooze(incident.id, 3600, 'PSAM001');
  expect(incident.status).toBe('acknowledged');
  world.advance(3599);
  expect(incident.status).toBe('acknowledged');
  world.advance(2);
  expect(incident).toMatchObject({ status: 'triggered', snoozedUntil: null });
  expect(log().slice(-4)).toEqual(['assign', 'notify', 'notify', 'notify']);
});

test('a second snooze replaces the first', () => {
  world.incidents.snooze(incident.id, 600, 'PSAM001');
  world.incidents.snooze(incident.id, 7200, 'PSAM001');
  world.advance(3600);
  expect(incident.status).toBe('acknowledged');
});
