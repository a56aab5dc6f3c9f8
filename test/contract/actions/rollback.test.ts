import { hostname } from 'node:os';
import { expect, test } from 'vitest';
import { placeOf } from '../../../src/insight/begun-note.ts';
import type { SignalCount } from '../../../src/model/stack.ts';
import { CONSENT, Stage } from './stage.ts';

/** Everything that a rollback that ends well sends: told as it begins and as it ends, and recorded. */
const SENT = [
  'CreateChangeSet',
  'ExecuteChangeSet',
  'POST /incidents/{id}/notes',
  'chat.postMessage',
  'POST /card/{id}/comment',
  'POST /incidents/{id}/notes',
  'POST /v2/change/enqueue',
  'chat.postMessage',
  'changeTrackingCreateEvent',
  'POST /card/{id}/comment',
];
const REQUEST = { action: 'rollback', service: 'charge-central', environment: 'prod' } as const;

test('the bad deploy is rolled back: no warning, one change set, one execution, told, verified', async () => {
  const stage = await Stage.set();
  const plan = await stage.actions.plan(REQUEST);
  expect(plan.checks.filter((check) => check.result === 'warn' || check.result === 'block')).toEqual([]);
  expect(plan).toMatchObject({
    title: 'Roll back charge-central in prod: 1.0.283 → 1.0.282',
    from: '1.0.283',
    to: '1.0.282',
    confirm: { kind: 'typed', word: 'charge-central' },
  });
  expect(plan.changes).toContain('Modify AWS::AutoScaling::AutoScalingGroup AutoScalingGroup (replaced)');
  expect(plan.expectedMs).toBeGreaterThan(300_000);

  expect(plan.checks.filter((check) => check.result !== 'pass')).toEqual([]);

  const signals: (SignalCount | null)[] = [];
  const texts: string[] = [];
  const outcome = await stage.actions.run(plan, CONSENT, (progress) => {
    signals.push(progress.signals);
    texts.push(progress.text);
    stage.watching(progress);
  });
  expect(signals).toContainEqual({ received: 0, failed: 0, needed: 3, until: expect.any(Number) });
  expect(signals.at(-1)).toEqual({ received: 3, failed: 0, needed: 3, until: null });
  const counting = /^3 of 3 instances healthy at 1\.0\.282; counting errors, \d0 s left\.$/;
  expect(texts.filter((text) => counting.test(text)).length).toBeGreaterThan(1);
  expect(outcome.text).toMatch(/ \d{3} errors a minute before, (none|\d(\.\d)?) after\. /);
  expect(outcome.state).toBe('confirmed');
  expect(await stage.mutations()).toEqual(SENT);

  const [intent] = await stage.actions.journal();
  expect(intent?.history.map((step) => step.state)).toEqual(['planned', 'sending', 'sent', 'confirmed']);
  expect(intent?.token).toBe(`oncall-sam-${plan.intent}`);
  expect(outcome.text).toContain(
    `: 3 of 3 new instances are in service, healthy, also behind the load balancer, and run 1.0.282 (${intent?.toDigest?.slice(0, 19)}). `,
  );
  const told = await (await stage.systems.pager()).incident(intent?.incident ?? '');
  const place = placeOf(process.env.SSH_CONNECTION ?? null, hostname());
  expect(told.notes.map((note) => note.text)).toEqual([
    `Rolling charge-central in prod from 1.0.283 to 1.0.282: begun by sam@harbour.example from ${place}. [oncall ${plan.intent} begun]`,
    expect.stringMatching(
      `^Rolled charge-central in prod from 1.0.283 to 1.0.282, by sam@harbour.example\\. .* \\[oncall ${plan.intent}\\]$`,
    ),
  ]);
  expect(told.incident.service).toBe('charge-central');

  const undo = await stage.actions.plan({ ...REQUEST, to: '1.0.283' });
  expect(undo.title).toBe('Roll forward charge-central in prod: 1.0.282 → 1.0.283');
  expect(undo.lines).toContain('Users of charge-central in prod get the later version, 1.0.283.');
  await stage.actions.discard(undo);
});

test('a plan that is dropped leaves no change set behind; the same facts give the same hash', async () => {
  const stage = await Stage.set();
  const [one, other] = [await stage.actions.plan(REQUEST), await stage.actions.plan(REQUEST)];
  expect(one.hash).toBe(other.hash);
  await stage.actions.discard(one);
  await stage.actions.discard(other);
  expect(stage.practice.world.state.changeSets).toEqual([]);
  expect(stage.parameter()).toBe('1.0.283');
});

test('reset after the execution was taken: confirmed by its events, sent once', async () => {
  const stage = await Stage.set();
  const plan = await stage.actions.plan(REQUEST);
  await stage.fault('aws', 'ExecuteChangeSet', 'reset_after');
  expect((await stage.run(plan)).state).toBe('confirmed');
  expect((await stage.mutations()).filter((each) => each === 'ExecuteChangeSet')).toHaveLength(1);
});

test('reset before it: unknown after reading in vain, and not sent again', async () => {
  const stage = await Stage.set();
  const plan = await stage.actions.plan(REQUEST);
  await stage.fault('aws', 'ExecuteChangeSet', 'reset_before');
  expect((await stage.run(plan)).state).toBe('unknown');
  expect((await stage.mutations()).filter((each) => each === 'ExecuteChangeSet')).toHaveLength(1);
  expect(stage.parameter()).toBe('1.0.283');
});

test('stopped half-way: the remote work goes on; the next start attaches, sends nothing of it again, and tells each thing once', async () => {
  const stage = await Stage.set();
  const plan = await stage.actions.plan(REQUEST);
  const stop = new AbortController();
  const outcome = await stage.actions.run(
    plan,
    CONSENT,
    ({ events }) => events.length > 2 && stop.abort(),
    stop.signal,
  );
  expect(outcome.state).toBe('unknown');
  expect(outcome.text).toContain(`oncall attach ${plan.intent}`);

  const next = stage.again();
  expect((await next.unfinished()).map((intent) => [intent.id, intent.state])).toEqual([
    [plan.intent, 'sent'],
  ]);
  expect((await next.attach(plan.intent, stage.watching)).state).toBe('confirmed');
  expect(await next.unfinished()).toEqual([]);
  expect(await stage.mutations()).toEqual(SENT);
});

test('read-only mode follows what was begun to its end, and writes nothing of it, not even a note', async () => {
  const stage = await Stage.set();
  const plan = await stage.actions.plan(REQUEST);
  const stop = new AbortController();
  await stage.actions.run(plan, CONSENT, ({ events }) => events.length > 2 && stop.abort(), stop.signal);
  const before = await stage.mutations();
  const looking = stage.again('sam@harbour.example', undefined, true);
  expect((await looking.attach(plan.intent, stage.watching)).state).toBe('confirmed');
  expect(await stage.mutations()).toEqual(before);
});

test('CloudFormation takes the update back: a failure with the reason, the old group serves, noted as such', async () => {
  const stage = await Stage.set();
  const plan = await stage.actions.plan(REQUEST);
  let cancelled = false;
  const outcome = await stage.actions.run(plan, CONSENT, (progress) => {
    stage.watching(progress);
    const stack = stage.practice.world.state.stacks.find((each) => each.name === 'charge-central');
    if (cancelled || progress.events.length < 5 || stack === undefined) return;
    cancelled = true;
    stage.practice.world.stacks.cancel(stack, null);
  });
  expect(outcome.state).toBe('failed');
  expect(outcome.text).toContain('took the update back, the old group still serves');
  expect(stage.parameter()).toBe('1.0.283');
  const { notes } = await (await stage.systems.pager()).incident(
    (await stage.actions.journal())[0]?.incident ?? '',
  );
  expect(notes.map(({ text }) => text)).toContainEqual(expect.stringContaining('failed'));
});

test('two responders: the second is refused and told who is first, from where, and how far', async () => {
  const stage = await Stage.set();
  const dora = stage.elsewhere('dora@harbour.example');
  const [first, second] = [await stage.actions.plan(REQUEST), await dora.plan(REQUEST)];
  const stop = new AbortController();
  const watched = stage.actions.run(first, CONSENT, () => {}, stop.signal);
  await expect.poll(() => stage.mutations()).toContain('POST /incidents/{id}/notes');
  const refused = await dora.run(second, CONSENT, () => {});
  const place = placeOf(process.env.SSH_CONNECTION ?? null, hostname());
  expect(refused.state).toBe('refused');
  expect(refused.text).toContain(
    `begun by sam@harbour.example from ${place} with oncall, 1.0.283 → 1.0.282. So far: `,
  );
  expect(refused.text).toMatch(/To follow it where it was begun: oncall attach \w+\./);
  const third = await dora.plan(REQUEST);
  expect(third.checks.find((check) => check.id === 'stack-status')).toMatchObject({
    result: 'block',
    text: expect.stringContaining(`begun by sam@harbour.example from ${place}`),
  });
  expect((await dora.offer('charge-central', 'prod')).text).toContain(place);
  expect((await stage.mutations()).filter((each) => each === 'ExecuteChangeSet')).toHaveLength(1);
  stop.abort();
  await watched;
});

test('what is under way holds the stack itself, not a lock of ours', async () => {
  const stage = await Stage.set();
  const [plan, other] = [await stage.actions.plan(REQUEST), await stage.actions.plan(REQUEST)];
  const stop = new AbortController();
  const watched = stage.actions.run(plan, CONSENT, () => {}, stop.signal);
  await expect.poll(() => stage.mutations()).toContain('POST /incidents/{id}/notes');
  const refused = await stage.actions.run(other, CONSENT, () => {});
  expect(refused).toMatchObject({ state: 'refused', text: expect.stringContaining('UPDATE_IN_PROGRESS') });
  stop.abort();
  await watched;
  expect((await stage.mutations()).filter((each) => each === 'ExecuteChangeSet')).toHaveLength(1);
});

test('two processes attach to the same work: each thing is told once', async () => {
  const stage = await Stage.set();
  const plan = await stage.actions.plan(REQUEST);
  const stop = new AbortController();
  await stage.actions.run(plan, CONSENT, ({ events }) => events.length > 0 && stop.abort(), stop.signal);
  const outcomes = await Promise.all(
    [stage.again(), stage.again()].map((actions) => actions.attach(plan.intent, stage.watching)),
  );
  expect(outcomes.map(({ state }) => state)).toEqual(['confirmed', 'confirmed']);
  expect([...(await stage.mutations())].sort()).toEqual([...SENT].sort());
});

test('PagerDuty is down: the rollback works, and says that the note is missing', async () => {
  const stage = await Stage.set();
  await stage.fault('pagerduty', null, 'reset_before', 1_000);
  const plan = await stage.actions.plan({ ...REQUEST, incident: 'Q123' });
  const outcome = await stage.run(plan);
  expect(outcome.state).toBe('confirmed');
  expect(outcome.text).toContain('The note on Q123 may be missing');
});

test('a version that does not exist is refused with the nearest, and nothing is sent', async () => {
  const stage = await Stage.set();
  const plan = await stage.actions.plan({ ...REQUEST, to: '1.0.28' });
  const check = plan.checks.find((each) => each.id === 'image-exists');
  expect(check?.result).toBe('block');
  expect(check?.text).toContain('1.0.28');
  expect((await stage.run(plan)).state).toBe('refused');
  expect(await stage.mutations()).toEqual([]);
});

test('a service on a launch configuration is planned the same way', async () => {
  const stage = await Stage.set();
  const plan = await stage.actions.plan({ ...REQUEST, service: 'mailer' });
  expect(plan.checks.filter((check) => check.result === 'block')).toEqual([]);
  expect(plan.changes.join()).toContain('LaunchConfiguration');
  await stage.actions.discard(plan);
});
