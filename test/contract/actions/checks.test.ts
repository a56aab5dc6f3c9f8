import { expect, test } from 'vitest';
import type { Check } from '../../../src/actions/types.ts';
import { HOUR } from '../../../src/model/instant.ts';
import type { PracticeGroup, PracticeIncident } from '../../../src/practice/world/state.ts';
import { Stage } from './stage.ts';

const REQUEST = { action: 'rollback', service: 'charge-central', environment: 'prod' } as const;

async function checked(stage: Stage, id: string, to?: string): Promise<Check & { to: string | null }> {
  const plan = await stage.actions.plan({ ...REQUEST, ...(to === undefined ? {} : { to }) });
  await stage.actions.discard(plan);
  const check = plan.checks.find((each) => each.id === id);
  if (check === undefined) throw new Error(`no check ${id}`);
  return { ...check, to: plan.to };
}

function serving({ practice }: Stage): PracticeGroup {
  const { groups } = practice.world.state;
  const group = groups.find((each) => each.service === 'charge-central' && each.environment === 'prod');
  if (group === undefined) throw new Error('no group');
  return group;
}

/** The open incident of the story, as if it had been triggered that long ago and was resolved since. */
function burned({ practice }: Stage, ago: number): PracticeIncident {
  const { incidents, services } = practice.world.state;
  const service = services.find(({ name }) => name === 'charge-central');
  const open = incidents.findLast(({ serviceId }) => serviceId === service?.pagerId);
  if (open === undefined) throw new Error('nothing burns');
  const at = open.createdAt - ago;
  return { ...open, id: 'QPAST00000001', number: 1, status: 'resolved', createdAt: at, changedAt: at };
}

test('a version that burned when it was replaced is not chosen, even though that is resolved by now', async () => {
  const stage = await Stage.set();
  expect(await checked(stage, 'healthy-before')).toMatchObject({ result: 'pass', to: '1.0.282' });
  stage.practice.world.state.incidents.unshift(burned(stage, 5 * HOUR));
  expect((await checked(stage, 'healthy-before')).to).toBe('1.0.281');
  const asked = await checked(stage, 'healthy-before', '1.0.282');
  expect(asked).toMatchObject({
    result: 'warn',
    text: expect.stringContaining('"5xx above 2%" burned'),
  });
});

test('PagerDuty is down: the plan is made, and says what is not known', async () => {
  const stage = await Stage.set();
  await stage.fault('pagerduty', null, 'reset_before', 1_000);
  const check = await checked(stage, 'healthy-before');
  expect(check).toMatchObject({ result: 'skipped', to: '1.0.282' });
  expect(check.text).toMatch(
    /^1\.0\.282 served 17 h; whether without a high-urgency incident is not known: /,
  );
});

test('the labels of both images are compared, and where they cannot be read somebody has to be asked', async () => {
  const stage = await Stage.set();
  expect(await checked(stage, 'migrations')).toMatchObject({
    result: 'pass',
    text: '1.0.282 works with the same as 1.0.283: oncall.database 15, oncall.queues 5. No file that differs migrates a database.',
  });
  expect(await checked(stage, 'migrations', '1.0.280')).toMatchObject({
    result: 'warn',
    text: expect.stringContaining('oncall.database is 15 in 1.0.283, 14 in 1.0.280'),
  });
  await stage.fault('aws', 'GetObject', 'reset_before', 10);
  expect(await checked(stage, 'migrations')).toMatchObject({
    result: 'warn',
    text: expect.stringContaining('could not be read'),
  });
});

test('containers that cannot be looked into now may not be at the end either', async () => {
  const stage = await Stage.set();
  expect(await checked(stage, 'verification')).toMatchObject({
    result: 'pass',
    text: expect.stringContaining('3 of 3 can be looked into now'),
  });
  await stage.fault('docker', null, 'reset_before', 1_000);
  expect(await checked(stage, 'verification')).toMatchObject({ result: 'warn' });
});

test('a tag that was moved since is told by the digest of what runs', async () => {
  const stage = await Stage.set();
  expect(await checked(stage, 'same-image')).toMatchObject({
    result: 'pass',
    text: expect.stringContaining('1.0.283 names what runs now'),
  });
  const { images } = stage.practice.world.state;
  const at = images.findIndex(({ repository, tag }) => repository === 'charge-central' && tag === '1.0.283');
  const [moved] = images.splice(at, 1);
  if (moved === undefined) throw new Error('no image');
  images.push({ ...moved, digest: `sha256:${'9'.repeat(64)}` });
  expect(await checked(stage, 'same-image')).toMatchObject({ result: 'warn' });
});

test('a group that was scaled up, and a process that is suspended', async () => {
  const stage = await Stage.set();
  expect(await checked(stage, 'capacity')).toMatchObject({ result: 'pass' });
  expect(await checked(stage, 'scaling-processes')).toMatchObject({ result: 'pass' });
  serving(stage).desired = 6;
  serving(stage).suspendedProcesses.push('Launch');
  expect(await checked(stage, 'capacity')).toMatchObject({
    result: 'warn',
    text: expect.stringContaining('6 are wanted now'),
  });
  expect(await checked(stage, 'scaling-processes')).toMatchObject({ result: 'warn' });
});

test('an update to that version that CloudFormation took back is told before the next one', async () => {
  const stage = await Stage.set('broken-image');
  expect(await checked(stage, 'taken-back')).toMatchObject({ result: 'pass', to: '1.0.282' });
  const outcome = await stage.run(await stage.actions.plan(REQUEST));
  expect(outcome.state).toBe('failed');
  const check = await checked(stage, 'taken-back', '1.0.282');
  expect(check.result).toBe('warn');
  expect(check.text).toMatch(
    /^The last update to 1\.0\.282 was taken back at 2026-11-17T03:\d\d:\d\dZ: \w+: /,
  );
});

test('the contract broker is asked, and one that does not answer is worth a yes of its own', async () => {
  const stage = await Stage.set();
  expect(await checked(stage, 'contracts')).toMatchObject({
    result: 'pass',
    text: '1.0.282 fits what runs around it: All required verification results are published and successful.',
  });
  expect(await checked(stage, 'contracts', '1.0.279')).toMatchObject({
    result: 'warn',
    text: expect.stringMatching(
      /between the version of checkout .* and version 1\.0\.279 of charge-central failed/,
    ),
  });
  await stage.fault('pact', 'GET /can-i-deploy', 'reset_before', 10);
  expect(await checked(stage, 'contracts')).toMatchObject({
    result: 'warn',
    text: expect.stringMatching(/^Whether 1\.0\.282 fits what runs around it is not known: /),
  });
});

test('a service without contracts, whose images are in a registry of the tribe’s own', async () => {
  const stage = await Stage.set();
  const plan = await stage.actions.plan({ action: 'rollback', service: 'login', environment: 'prod' });
  await stage.actions.discard(plan);
  const results = Object.fromEntries(plan.checks.map(({ id, result }) => [id, result]));
  expect(results).toMatchObject({
    'image-exists': 'pass',
    'same-image': 'pass',
    migrations: 'pass',
    contracts: 'skipped',
  });
  expect(plan.checks.find(({ id }) => id === 'same-image')?.text).toMatch(/ names what runs now\.$/);
  const gone = await stage.actions.plan({
    action: 'rollback',
    service: 'login',
    environment: 'prod',
    to: '9.9.9',
  });
  expect(gone.checks.find(({ id }) => id === 'image-exists')).toMatchObject({
    result: 'block',
    text: expect.stringMatching(/^login has no image 9\.9\.9 in the registry\. It has \d/),
  });
});

test('where a whole zone is out, the plan says that going back will not help; where it is not, nothing', async () => {
  const [calm, flooded] = [await Stage.set(), await Stage.set('az-outage')];
  expect((await checked(calm, 'zone')).result).toBe('pass');
  expect(await checked(flooded, 'zone')).toMatchObject({
    result: 'warn',
    text: expect.stringContaining('All 15 unhealthy instances are in eu-west-1b, over 15 services'),
  });
});
