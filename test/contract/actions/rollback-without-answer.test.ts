import { expect, test } from 'vitest';
import { CONSENT, LIMITS, Stage } from './stage.ts';

const REQUEST = { action: 'rollback', service: 'charge-central', environment: 'prod' } as const;

test('taken after the deadline of the send: found by reading, and followed to its end', async () => {
  const stage = await Stage.set();
  const actions = stage.again('sam@harbour.example', { ...LIMITS, send: 200, trace: 20_000 });
  const plan = await actions.plan(REQUEST);
  const match = { operation: 'ExecuteChangeSet' };
  await stage.control('/faults', { system: 'aws', match, fault: 'delay', ms: 600 });
  const told: string[] = [];
  const outcome = await actions.run(plan, CONSENT, (progress) => {
    told.push(progress.text);
    stage.watching(progress);
  });
  expect(told).toContainEqual(
    expect.stringMatching(/^No clear answer .*: reading whether it was applied\.$/),
  );
  expect(outcome.state).toBe('confirmed');
  expect(stage.parameter()).toBe('1.0.282');
  expect((await stage.mutations()).filter((each) => each === 'ExecuteChangeSet')).toHaveLength(1);
});

test('the image goes between plan and send: refused, nothing sent', async () => {
  const stage = await Stage.set();
  const plan = await stage.actions.plan(REQUEST);
  await stage.control('/events', { kind: 'image_gone', service: 'charge-central', version: '1.0.282' });
  const outcome = await stage.run(plan);
  expect(outcome.state).toBe('refused');
  expect(outcome.text).toContain('The tag 1.0.282 is gone from the registry.');
  expect(await stage.mutations()).toEqual(['CreateChangeSet', 'DeleteChangeSet']);
});
