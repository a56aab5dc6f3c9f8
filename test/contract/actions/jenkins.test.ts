import { expect, test } from 'vitest';
import type { Progress } from '../../../src/actions/types.ts';
import { Stage } from './stage.ts';

test('Jenkins puts an earlier version out, and lets a waiting one go on', async () => {
  const stage = await Stage.set();
  const plan = await stage.actions.plan({
    action: 'rollback',
    service: 'session-store',
    environment: 'prod',
    to: '2.9.161',
  });
  expect(plan.lines[0]).toMatch(/^A deploy in jenkins puts it out; it updates the stack session-store /);
  expect(plan.checks).toContainEqual({
    id: 'pipeline',
    result: 'pass',
    text: 'jenkins puts 2.9.161 out; nothing else is under way there.',
  });
  const seen: Progress[] = [];
  const outcome = await stage.actions.run(plan, { typed: 'session-store', accepted: [] }, (progress) => {
    seen.push(progress);
    stage.watching(progress);
  });
  expect(outcome).toMatchObject({ state: 'confirmed' });
  expect(outcome.text).toMatch(/^session-store in prod is back at 2\.9\.161: /);
  expect(seen.findLast(({ output }) => output.length > 0)?.output).toContain('Finished: SUCCESS');
  const run = stage.practice.world.state.pipelineRuns.at(-1);
  expect(run).toMatchObject({ service: 'session-store', intent: plan.intent });
  expect(await stage.mutations()).not.toContain('CreateChangeSet');

  const waits = stage.practice.world.state.pipelineRuns.findLast(({ service }) => service === 'login');
  const version = waits?.version ?? '';
  const unblock = await stage.actions.plan({
    action: 'unblock_deploy',
    service: 'login',
    environment: 'prod',
    version,
    step: { system: 'jenkins', id: `deploys%2Flogin/${waits?.number}/Approve` },
  });
  expect(unblock.title).toBe(`Unblock “Deploy to production?”: login ${version} goes to prod`);
  expect(await stage.actions.run(unblock, { typed: 'login', accepted: [] }, stage.watching)).toEqual({
    state: 'confirmed',
    text: `login ${version} goes on to prod.`,
  });
  expect(await stage.mutations()).toContain('POST /job/{job}/{build}/wfapi/inputSubmit');
});
