import { readFile, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Actions, Plan } from '../../../src/actions/types.ts';
import {
  actionsWith,
  CONSENT,
  FAST,
  FakePager,
  incident,
  NOW,
  quiet,
  stateFolder,
  systemsOf,
} from './fakes.ts';

const ACK = { action: 'acknowledge', incidents: ['Q1'] } as const;

async function states(actions: Actions): Promise<readonly string[]> {
  return (await actions.journal()).flatMap((intent) => intent.history.map((step) => step.state));
}

async function acknowledging(pager: FakePager, own: Parameters<typeof actionsWith>[1] = {}) {
  const actions = await actionsWith(systemsOf({ pager }), own);
  const plan = await actions.plan(ACK);
  return { actions, plan, outcome: await actions.run(plan, CONSENT, quiet) };
}

test('a write is journalled, sent once and confirmed by reading', async () => {
  const pager = new FakePager(incident('Q1'));
  const { actions, outcome } = await acknowledging(pager);
  expect(outcome).toEqual({
    state: 'confirmed',
    text: 'Acknowledged by Sam Okafor: charge-central: title of Q1.',
  });
  expect(pager.sent).toEqual([{ kind: 'acknowledge', ids: ['Q1'] }]);
  expect(await states(actions)).toEqual(['planned', 'sending', 'sent', 'confirmed']);
  expect(await actions.unfinished()).toEqual([]);
});

test('`sending` is on disk before the send', async () => {
  const pager = new FakePager(incident('Q1'));
  const actions = await actionsWith(systemsOf({ pager }));
  const seen: string[] = [];
  const apply = pager.change.bind(pager);
  pager.change = async (change) => {
    seen.push(await readFile(join(actions.folder, 'journal.jsonl'), 'utf8'));
    await apply(change);
  };
  await actions.run(await actions.plan(ACK), CONSENT, quiet);
  const [onDisk = ''] = seen;
  expect(JSON.parse(onDisk.trim().split('\n').at(-1) ?? '')).toMatchObject({ state: 'sending' });
});

test('reset after it was applied: confirmed by reading, one send', async () => {
  const pager = new FakePager(incident('Q1'));
  pager.nextWrite = 'reset_after';
  const { outcome } = await acknowledging(pager);
  expect(outcome.state).toBe('confirmed');
  expect(pager.sent).toHaveLength(1);
});

test.each(['reset_before', 'hang', 'server_error'] as const)(
  '%s: read for a while, then unknown; never failed, never sent again',
  async (how) => {
    const pager = new FakePager(incident('Q1'));
    pager.nextWrite = how;
    const { actions, outcome } = await acknowledging(pager);
    expect(outcome.state).toBe('unknown');
    expect(outcome.text).toContain('not known whether this was applied');
    expect(pager.sent).toHaveLength(1);
    expect(await states(actions)).toEqual(['planned', 'sending', 'unknown']);
  },
);

test('the search for a trace ends by the system’s clock, after a reading later than its deadline', async () => {
  const pager = new FakePager(incident('Q1'));
  let now = NOW;
  const limits = { ...FAST, trace: 60_000 };
  const actions = await actionsWith({ ...systemsOf({ pager }), now: () => now }, { limits });
  const plan = await actions.plan(ACK);
  let reads = 0;
  pager.onRead = () => {
    reads += 1;
    now += 40_000;
  };
  pager.nextWrite = 'reset_before';
  const outcome = await actions.run(plan, CONSENT, quiet);
  expect(outcome.state).toBe('unknown');
  expect(outcome.text).toContain('Nothing is sent again by itself');
  expect(outcome.text).toContain(`oncall attach ${plan.intent}`);
  // Once before the send; once for the beginning; then at 0 s, 40 s and 80 s of the system's time.
  expect(reads).toBe(5);
  expect(pager.sent).toHaveLength(1);
});

test('a system’s clock that jumps back holds nobody: as much real time ends the search too', async () => {
  const pager = new FakePager(incident('Q1'));
  let now = NOW;
  const actions = await actionsWith({ ...systemsOf({ pager }), now: () => now });
  const plan = await actions.plan(ACK);
  pager.onRead = () => {
    now -= 3_600_000;
  };
  pager.nextWrite = 'reset_before';
  expect((await actions.run(plan, CONSENT, quiet)).state).toBe('unknown');
});

test('a write without an answer that shows later is confirmed', async () => {
  const pager = new FakePager(incident('Q1'));
  pager.nextWrite = 'reset_before';
  let reads = 0;
  pager.onRead = () => {
    reads += 1;
    if (reads === 5) pager.apply({ kind: 'acknowledge', ids: ['Q1'] });
  };
  expect((await acknowledging(pager)).outcome.state).toBe('confirmed');
});

test('a refusal by the system is a failure with its reason', async () => {
  const pager = new FakePager(incident('Q1'));
  pager.nextWrite = 'forbidden';
  const { actions, outcome } = await acknowledging(pager);
  expect(outcome).toEqual({ state: 'failed', text: 'Refused: answered forbidden Nothing was changed.' });
  expect(await states(actions)).toEqual(['planned', 'sending', 'failed']);
});

test('what the system forbade is off from then on, for that service, with the reason', async () => {
  const pager = new FakePager(incident('Q1'));
  pager.nextWrite = 'forbidden';
  const { actions } = await acknowledging(pager);
  expect(actions.disabledReason('acknowledge', 'charge-central')).toContain('pagerduty forbade it');
  expect(actions.disabledReason('acknowledge', 'mailer')).toBeNull();
  expect(actions.disabledReason('resolve', 'charge-central')).toBeNull();
  pager.nextWrite = 'answer';
  const again = await actions.run(await actions.plan(ACK), CONSENT, quiet);
  expect(again).toMatchObject({ state: 'refused', text: expect.stringContaining('start oncall anew') });
  expect(pager.sent).toHaveLength(1);
});

test('a refusal of what is true by now is success', async () => {
  const pager = new FakePager(incident('Q1'));
  const actions = await actionsWith(systemsOf({ pager }));
  const plan = await actions.plan(ACK);
  pager.change = async (change) => {
    pager.apply(change);
    pager.nextWrite = 'conflict';
    await FakePager.prototype.change.call(pager, change);
  };
  expect((await actions.run(plan, CONSENT, quiet)).state).toBe('confirmed');
});

test('already acknowledged: success, nothing sent', async () => {
  const pager = new FakePager(incident('Q1', { status: 'acknowledged' }));
  const { outcome } = await acknowledging(pager);
  expect(outcome.state).toBe('confirmed');
  expect(outcome.text).toContain('Nothing sent');
  expect(pager.sent).toEqual([]);
});

test('two presses of a key send once', async () => {
  const pager = new FakePager(incident('Q1'));
  const actions = await actionsWith(systemsOf({ pager }));
  const plans = [await actions.plan(ACK), await actions.plan(ACK)];
  const outcomes = await Promise.all(plans.map((plan) => actions.run(plan, CONSENT, quiet)));
  expect(outcomes.map((outcome) => outcome.state).sort()).toEqual(['confirmed', 'refused']);
  expect(pager.sent).toHaveLength(1);
});

test('a plan is carried out once', async () => {
  const pager = new FakePager(incident('Q1'));
  const { actions, plan } = await acknowledging(pager);
  expect((await actions.run(plan, CONSENT, quiet)).state).toBe('refused');
  expect(pager.sent).toHaveLength(1);
});

test('stopped before the send: refused; stopped while watching: taken up again later', async () => {
  const pager = new FakePager(incident('Q1'));
  const actions = await actionsWith(systemsOf({ pager }));
  const early = await actions.run(await actions.plan(ACK), CONSENT, quiet, AbortSignal.abort());
  expect(early).toEqual({ state: 'refused', text: 'Stopped before anything was sent.' });
  expect(pager.sent).toEqual([]);

  const stop = new AbortController();
  pager.nextWrite = 'reset_before';
  const plan = await actions.plan(ACK);
  const late = await actions.run(
    plan,
    CONSENT,
    ({ text }) => text.startsWith('No clear') && stop.abort(),
    stop.signal,
  );
  expect(late.state).toBe('unknown');
  expect(late.text).toContain(`oncall attach ${plan.intent}`);
  expect((await actions.unfinished()).map((intent) => intent.id)).toEqual([plan.intent]);

  pager.apply({ kind: 'acknowledge', ids: ['Q1'] });
  expect((await actions.attach(plan.intent, quiet)).state).toBe('confirmed');
  expect(await actions.unfinished()).toEqual([]);
  expect(pager.sent).toHaveLength(1);
});

test('killed between journal and send: found again, read, asked; nothing is sent', async () => {
  const folder = await stateFolder();
  const pager = new FakePager(incident('Q1'));
  const first = await actionsWith(systemsOf({ pager }), { stateFolder: folder });
  pager.nextWrite = 'hang';
  const dying = first.run(await first.plan(ACK), CONSENT, quiet);
  await expect.poll(() => pager.sent.length).toBe(1);
  const [left] = (await first.journal()).map((intent) => intent.id);

  const next = await actionsWith(systemsOf({ pager }), { stateFolder: folder });
  expect((await next.unfinished()).map((intent) => intent.state)).toEqual(['sending']);
  expect((await next.attach(left ?? '', quiet)).state).toBe('unknown');
  await dying;
  expect(pager.sent).toHaveLength(1);
});

test('a full disk refuses the write in clear words; nothing is sent', async () => {
  const folder = await stateFolder();
  await symlink('/dev/full', join(folder, 'journal.jsonl'));
  const pager = new FakePager(incident('Q1'));
  const { outcome } = await acknowledging(pager, { stateFolder: folder });
  expect(outcome.state).toBe('refused');
  expect(outcome.text).toContain('the disk is full');
  expect(pager.sent).toEqual([]);
  // What never ends is not read for ever.
  const actions = await actionsWith(systemsOf({ pager }), { stateFolder: folder });
  await expect(actions.unfinished()).rejects.toThrow('no regular file');
});

test('a torn last line is passed over, and what comes after it is whole', async () => {
  const folder = await stateFolder();
  const pager = new FakePager(incident('Q1'), incident('Q2'));
  await acknowledging(pager, { stateFolder: folder });
  const file = join(folder, 'journal.jsonl');
  await writeFile(file, `${await readFile(file, 'utf8')}{"schema":1,"id":"torn","sta`);
  const actions = await actionsWith(systemsOf({ pager }), { stateFolder: folder });
  expect(await actions.unreadableLines()).toBe(1);
  await actions.run(await actions.plan({ action: 'acknowledge', incidents: ['Q2'] }), CONSENT, quiet);
  expect((await actions.journal()).map((intent) => intent.state)).toEqual(['confirmed', 'confirmed']);
  expect(await actions.unreadableLines()).toBe(1);
});

test('read-only mode plans, and refuses to send', async () => {
  const pager = new FakePager(incident('Q1'));
  const { actions, outcome } = await acknowledging(pager, { readOnly: true });
  expect(actions.disabledReason('acknowledge')).toContain('Read-only');
  expect(outcome.state).toBe('refused');
  expect(pager.sent).toEqual([]);
});

test('nobody to act as: refused with what to do; a token’s user is good enough', async () => {
  const pager = new FakePager(incident('Q1'));
  expect((await acknowledging(pager, { email: null })).outcome.state).toBe('confirmed');
  const nameless = new FakePager(incident('Q1'));
  nameless.owner = null;
  const { actions, outcome } = await acknowledging(nameless, { email: null });
  expect(outcome.state).toBe('refused');
  expect(outcome.text).toContain('ONCALL_USER_EMAIL');
  expect(actions.disabledReason('note')).toContain('ONCALL_USER_EMAIL');
  expect(nameless.sent).toEqual([]);
});

test('consent is checked here: blocks, warnings by name, the typed word', async () => {
  const pager = new FakePager(incident('Q1'));
  const actions = await actionsWith(systemsOf({ pager }));
  const run = async (own: Partial<Plan>, consent: { typed?: string; accepted: string[] }) =>
    actions.run({ ...(await actions.plan(ACK)), ...own }, consent, quiet);
  const warn = { id: 'capacity', result: 'warn', text: 'small.' } as const;
  expect(await run({ checks: [{ ...warn, result: 'block' }] }, { accepted: ['capacity'] })).toMatchObject({
    state: 'refused',
    text: 'small.',
  });
  expect((await run({ checks: [warn] }, { accepted: [] })).text).toContain('capacity');
  const typed = { confirm: { kind: 'typed', word: 'yes-please' } } as const;
  expect((await run(typed, { typed: 'yes', accepted: [] })).state).toBe('refused');
  expect(pager.sent).toEqual([]);
  expect(
    (await run({ ...typed, checks: [warn] }, { typed: 'yes-please', accepted: ['capacity'] })).state,
  ).toBe('confirmed');
});

test('the journal is readable by its owner alone', async () => {
  const { actions } = await acknowledging(new FakePager(incident('Q1')));
  const { stat } = await import('node:fs/promises');
  const { folder } = actions as typeof actions & { folder: string };
  expect((await stat(join(folder, 'journal.jsonl'))).mode & 0o777).toBe(0o600);
});
