import { beforeEach, describe, expect, test } from 'vitest';
import type { Plan, Progress } from '../../../src/actions/types.ts';
import { Stage } from './stage.ts';

let stage: Stage;

/** Versions of a service that went to production, newest first. */
function served(service: string): readonly string[] {
  return stage.practice.world.state.deploys
    .filter((one) => one.service === service && one.environment === 'prod' && one.status === 'succeeded')
    .toSorted((one, other) => other.startedAt - one.startedAt)
    .map(({ version }) => version);
}

async function rolledBack(service: string, to: string, seen: Progress[] = []) {
  const plan: Plan = await stage.actions.plan({ action: 'rollback', service, environment: 'prod', to });
  const before = (await stage.mutations()).length;
  const outcome = await stage.actions.run(plan, { typed: service, accepted: [] }, (progress) => {
    seen.push(progress);
    stage.watching(progress);
  });
  return { plan, outcome, sent: (await stage.mutations()).slice(before) };
}

describe.each([
  ['buildkite', 'charge-central', 'POST /organizations/{org}/pipelines/{pipeline}/builds', 'Buildkite #413'],
  ['jenkins', 'session-store', 'POST /job/{job}/buildWithParameters', 'Jenkins #'],
  ['bamboo', 'cart', 'POST /queue/deployment', 'Bamboo #'],
])('a rollback through %s', (system, service, start, naming) => {
  beforeEach(async () => {
    stage = await Stage.set('bad-deploy', (config) => {
      config.setIn(['services', service, 'deploy_with'], system);
    });
  });

  test('no warning, one deploy, followed at the stack, verified', async () => {
    const [, to = ''] = served(service);
    const seen: Progress[] = [];
    const { plan, outcome, sent } = await rolledBack(service, to, seen);
    expect(plan.checks.filter(({ result }) => result === 'warn' || result === 'block')).toEqual([]);
    expect(outcome).toMatchObject({
      state: 'confirmed',
      text: expect.stringContaining(`${service} in prod is back at ${to}`),
    });
    expect(sent.filter((one) => one === start)).toHaveLength(1);
    expect(sent).not.toContain('ExecuteChangeSet');
    expect(seen.some(({ events }) => events.length > 0)).toBe(true);
    expect(seen.some(({ text }) => text.startsWith(naming))).toBe(true);
    expect(served(service)[0]).toBe(to);
  });

  test('the answer of the one request is lost: it is found again, and not sent again', async () => {
    const [, to = ''] = served(service);
    await stage.fault(system, start, 'reset_after');
    const seen: Progress[] = [];
    const { outcome, sent } = await rolledBack(service, to, seen);
    expect(outcome.state).toBe('confirmed');
    expect(sent.filter((one) => one === start)).toHaveLength(1);
    expect(seen.some(({ text }) => text.includes('known by its version and time'))).toBe(system === 'bamboo');
    expect(served(service)[0]).toBe(to);
  });
});

describe('a deploy that waits', () => {
  const PLACE = { service: 'ledger-api', environment: 'prod' } as const;
  const UNBLOCK = 'PUT /organizations/{org}/pipelines/{pipeline}/builds/{number}/jobs/{job}/unblock';

  beforeEach(async () => {
    stage = await Stage.set();
  });

  async function wish() {
    const releases = await stage.systems.releases();
    const placed = stage.service(PLACE.service);
    const found = (await releases.deploys(placed, PLACE.environment, 5)).find(
      ({ waiting }) => waiting !== null,
    );
    if (found?.waiting == null) throw new Error('none waits');
    const step = { system: found.waiting.system, id: found.waiting.id };
    return { action: 'unblock_deploy', ...PLACE, version: found.version, step } as const;
  }

  test('is unblocked once, with the service’s name typed', async () => {
    const asked = await wish();
    const plan = await stage.actions.plan(asked);
    expect(plan.title).toBe(`Unblock “Release to prod?”: ledger-api ${asked.version} goes to prod`);
    expect(plan.confirm).toEqual({ kind: 'typed', word: 'ledger-api' });
    expect(plan.checks.map(({ id, result }) => [id, result])).toEqual([
      ['left-behind', 'pass'],
      ['alone', 'pass'],
      ['open-incident', 'warn'],
      ['freeze', 'pass'],
    ]);
    expect((await stage.actions.run(plan, { accepted: ['open-incident'] }, stage.watching)).state).toBe(
      'refused',
    );
    const again = await stage.actions.plan(asked);
    const outcome = await stage.actions.run(
      again,
      { typed: 'ledger-api', accepted: ['open-incident'] },
      stage.watching,
    );
    expect(outcome).toEqual({ state: 'confirmed', text: `ledger-api ${asked.version} goes on to prod.` });
    expect((await stage.mutations()).filter((one) => one === UNBLOCK)).toHaveLength(1);
    await expect(stage.actions.plan(asked)).rejects.toThrow('waits no more');
  });

  test('goes on because of somebody else between plan and send: nothing is sent', async () => {
    const asked = await wish();
    const plan = await stage.actions.plan(asked);
    const { state, pipelines } = stage.practice.world;
    const run = state.pipelineRuns.find(({ steps }) =>
      steps.some(({ id }) => id === asked.step.id || asked.step.id.includes(id)),
    );
    if (run === undefined) throw new Error('no run');
    const block = run.steps.find(({ kind }) => kind === 'block');
    pipelines.unblock(run, block?.id ?? '', 'luca');
    const outcome = await stage.actions.run(
      plan,
      { typed: 'ledger-api', accepted: ['open-incident'] },
      stage.watching,
    );
    expect(outcome.text).toContain('goes on already. Nothing sent.');
    expect(await stage.mutations()).not.toContain(UNBLOCK);
  });

  test('the answer is lost: found by reading, not sent again', async () => {
    const plan = await stage.actions.plan(await wish());
    await stage.fault('buildkite', UNBLOCK, 'reset_after');
    const outcome = await stage.actions.run(
      plan,
      { typed: 'ledger-api', accepted: ['open-incident'] },
      stage.watching,
    );
    expect(outcome.state).toBe('confirmed');
    expect((await stage.mutations()).filter((one) => one === UNBLOCK)).toHaveLength(1);
  });
});
