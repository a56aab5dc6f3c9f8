import { expect, test } from 'vitest';
import type { Actions, Plan, Progress } from '../../../src/actions/types.ts';
import { CONSENT, Stage } from './stage.ts';

const WHERE = { service: 'charge-central', environment: 'prod' } as const;
const ROLLBACK = { action: 'rollback', ...WHERE } as const;
const CANCEL = { action: 'cancel_update', ...WHERE } as const;
const CONTINUE = { action: 'continue_rollback', ...WHERE } as const;

/** Begins the rollback and stops watching it as soon as it is under way. */
async function begin(stage: Stage, actions: Actions = stage.actions): Promise<Plan> {
  const plan = await actions.plan(ROLLBACK);
  const stop = new AbortController();
  const seen = ({ events }: Progress) => events.length > 0 && stop.abort();
  await actions.run(plan, CONSENT, seen, stop.signal);
  return plan;
}

const mutationsOf = async (stage: Stage, name: string) =>
  (await stage.mutations()).filter((each) => each === name);

test('an update under way is cancelled: once, by its own token, and what served before stays', async () => {
  const stage = await Stage.set();
  expect(await stage.actions.offer('charge-central', 'prod')).toEqual({
    kind: 'roll_back',
    text: '',
    attach: null,
  });
  const begun = await begin(stage);
  expect(await stage.actions.offer('charge-central', 'prod')).toMatchObject({
    kind: 'cancel_update',
    text: expect.stringContaining('begun by sam with oncall'),
    attach: begun.intent,
  });
  const plan = await stage.actions.plan(CANCEL);
  expect(plan).toMatchObject({ from: '1.0.282', to: '1.0.283', confirm: { kind: 'typed' } });
  expect((await stage.actions.run(plan, { accepted: [] }, stage.watching)).state).toBe('refused');
  expect(await mutationsOf(stage, 'CancelUpdateStack')).toEqual([]);

  const outcome = await stage.run(plan);
  expect(outcome).toMatchObject({
    state: 'confirmed',
    text: expect.stringMatching(/is cancelled: .* stays at 1\.0\.283; .* serves with 3 of 3 instances/),
  });
  expect(await mutationsOf(stage, 'CancelUpdateStack')).toHaveLength(1);
  expect(stage.parameter()).toBe('1.0.283');
  const journal = await stage.actions.journal();
  const cancel = journal.find(({ action }) => action === 'cancel_update');
  expect(cancel?.token).toBe(`oncall-sam-${plan.intent}`);
  expect(cancel?.history.map(({ state }) => state)).toEqual(['planned', 'sending', 'sent', 'confirmed']);
  const { notes } = await (await stage.systems.pager()).incident(cancel?.incident ?? '');
  expect(notes.at(-1)?.text).toContain('Cancelled the update of charge-central in prod');

  // Who watches what was cancelled is told so.
  expect(await stage.actions.attach(begun.intent, stage.watching)).toMatchObject({
    state: 'failed',
    text: expect.stringContaining('sam cancelled it with oncall.'),
  });
});

test('reset after the cancellation was taken: confirmed by its events, sent once', async () => {
  const stage = await Stage.set();
  await begin(stage);
  const plan = await stage.actions.plan(CANCEL);
  await stage.fault('aws', 'CancelUpdateStack', 'reset_after');
  expect((await stage.run(plan)).state).toBe('confirmed');
  expect(await mutationsOf(stage, 'CancelUpdateStack')).toHaveLength(1);
});

test('reset before it: unknown, and not sent again', async () => {
  const stage = await Stage.set();
  await begin(stage);
  const plan = await stage.actions.plan(CANCEL);
  await stage.fault('aws', 'CancelUpdateStack', 'reset_before');
  expect((await stage.run(plan)).state).toBe('unknown');
  expect(await mutationsOf(stage, 'CancelUpdateStack')).toHaveLength(1);
});

test("a colleague's rollback is cancelled only with the warning accepted; nothing else to attach to", async () => {
  const stage = await Stage.set();
  await begin(stage);
  const dora = stage.again('dora@harbour.example');
  const plan = await dora.plan(CANCEL);
  const warned = plan.checks.filter(({ result }) => result === 'warn').map(({ id }) => id);
  expect(warned).toEqual(['begun-by']);
  expect((await dora.run(plan, CONSENT, stage.watching)).state).toBe('refused');
  const accepted = { ...CONSENT, accepted: warned };
  expect((await dora.run(plan, accepted, stage.watching)).state).toBe('confirmed');
});

test('while the old group is deleted: wait, told why, and nothing is sent', async () => {
  const stage = await Stage.set();
  await begin(stage);
  const early = await stage.actions.plan(CANCEL);
  stage.practice.world.advance(275);
  const offer = await stage.actions.offer('charge-central', 'prod');
  expect(offer.kind).toBe('wait');
  expect(offer.text).toContain('neither cancelled nor updated');
  // It moved since the plan.
  expect(await stage.run(early)).toMatchObject({ state: 'refused' });
  const late = await stage.actions.plan(CANCEL);
  expect(late.checks.find(({ id }) => id === 'stack-status')?.result).toBe('block');
  expect((await stage.run(late)).state).toBe('refused');
  expect(await mutationsOf(stage, 'CancelUpdateStack')).toEqual([]);
});

test('a stuck rollback is told, offered, continued, and then another version can be put back', async () => {
  const stage = await Stage.set('stuck-rollback');
  const stuck = await stage.run(await stage.actions.plan(ROLLBACK));
  expect(stuck.state).toBe('failed');
  expect(stuck.text).toContain('UPDATE_ROLLBACK_FAILED');
  expect(stuck.text).toContain('Failed to receive 3 resource signal(s)');
  expect(await stage.actions.offer('charge-central', 'prod')).toMatchObject({
    kind: 'continue_rollback',
    attach: null,
  });
  const blocked = await stage.actions.plan(ROLLBACK);
  expect(blocked.checks.find(({ id }) => id === 'stack-status')?.text).toContain('--continue');

  const plan = await stage.actions.plan(CONTINUE);
  expect(plan).toMatchObject({ from: '1.0.282', to: '1.0.283' });
  expect(await stage.run(plan)).toMatchObject({
    state: 'confirmed',
    text: expect.stringContaining('3 of 3 instances in service'),
  });
  expect(await mutationsOf(stage, 'ContinueUpdateRollback')).toHaveLength(1);

  const again = await stage.actions.plan({ ...ROLLBACK, to: '1.0.281' });
  expect(again.checks.filter(({ result }) => result === 'block')).toEqual([]);
  await stage.actions.discard(again);
});
