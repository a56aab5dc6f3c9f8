import { beforeEach, expect, test } from 'vitest';
import type { Plan, Progress } from '../../../src/actions/types.ts';
import { Stage } from './stage.ts';

const QUEUE = 'POST /queue/deployment';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.set();
});

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

test('a rollback through Bamboo: no warning, one deployment, followed at the stack, verified', async () => {
  const [, to = ''] = served('cart');
  const seen: Progress[] = [];
  const { plan, outcome, sent } = await rolledBack('cart', to, seen);
  expect(plan.checks.filter(({ result }) => result === 'warn' || result === 'block')).toEqual([]);
  expect(outcome).toMatchObject({
    state: 'confirmed',
    text: expect.stringMatching(/^cart in prod is back at /),
  });
  expect(sent.filter((one) => one === QUEUE)).toHaveLength(1);
  expect(sent).not.toContain('ExecuteChangeSet');
  expect(seen.some(({ events }) => events.length > 0)).toBe(true);
  expect(served('cart')[0]).toBe(to);
});

test('the answer of the one request is lost: it is not sent again, and is found by version and time', async () => {
  const [, to = ''] = served('catalog-api');
  await stage.fault('bamboo', QUEUE, 'reset_after');
  const seen: Progress[] = [];
  const { outcome, sent } = await rolledBack('catalog-api', to, seen);
  expect(outcome.state).toBe('confirmed');
  expect(sent.filter((one) => one === QUEUE)).toHaveLength(1);
  expect(seen.some(({ text }) => text.includes('known by its version and time'))).toBe(true);
  expect(served('catalog-api')[0]).toBe(to);
});
