import { expect, test } from 'vitest';
import {
  ADA,
  actionsWith,
  CONSENT,
  DORA,
  FakePager,
  incident,
  onCall,
  quiet,
  SAM,
  systemsOf,
} from './fakes.ts';

test('many that nobody waits for are told so: nothing is asked, nothing sent', async () => {
  const pager = new FakePager(
    incident('Q1', { status: 'resolved' }),
    incident('Q2', { status: 'acknowledged' }),
  );
  const actions = await actionsWith(systemsOf({ pager }));
  const plan = await actions.plan({ action: 'acknowledge', incidents: ['Q1', 'Q2'] });
  expect(plan.confirm).toEqual({ kind: 'none' });
  const outcome = await actions.run(plan, CONSENT, quiet);
  expect(outcome).toEqual({ state: 'confirmed', text: expect.stringContaining('Nothing sent') });
  expect(pager.sent).toEqual([]);
});

test('many are acknowledged in one request, and only those that still are triggered', async () => {
  const pager = new FakePager(incident('Q1'), incident('Q2', { status: 'acknowledged' }), incident('Q3'));
  const actions = await actionsWith(systemsOf({ pager }));
  const plan = await actions.plan({ action: 'acknowledge', incidents: ['Q1', 'Q2', 'Q3', 'Q1'] });
  expect(plan.confirm).toEqual({ kind: 'key' });
  expect((await actions.run(plan, CONSENT, quiet)).state).toBe('confirmed');
  expect(pager.sent).toEqual([{ kind: 'acknowledge', ids: ['Q1', 'Q3'] }]);
});

test('more than 250 at once are refused before anything is read', async () => {
  const actions = await actionsWith(systemsOf({ pager: new FakePager() }));
  const incidents = Array.from({ length: 251 }, (_, index) => `Q${index}`);
  await expect(actions.plan({ action: 'acknowledge', incidents })).rejects.toThrow('250 at most');
});

test('an unknown incident is named', async () => {
  const actions = await actionsWith(systemsOf({ pager: new FakePager() }));
  await expect(actions.plan({ action: 'resolve', incidents: ['Q9'] })).rejects.toThrow('no incident Q9');
});

test('re-route shows who will be paged and sets the policy', async () => {
  const pager = new FakePager(incident('Q1'));
  pager.duties = [onCall('EPBILL', 1, DORA), onCall('EPBILL', 2, ADA)];
  const actions = await actionsWith(systemsOf({ pager }));
  const plan = await actions.plan({ action: 'reroute', incidents: ['Q1'], squad: 'billing' });
  expect(plan.confirm).toEqual({ kind: 'key' });
  expect(plan.lines).toContain('Paged at once (level 1): Dora Lindqvist.');
  expect(plan.lines).toContain('Paged if nobody answers (level 2): Ada Quist.');
  const outcome = await actions.run(plan, CONSENT, quiet);
  expect(outcome).toEqual({
    state: 'confirmed',
    text: 'charge-central: title of Q1 is with Billing now; paged: Dora Lindqvist.',
  });
  expect(pager.sent).toEqual([{ kind: 'reroute', ids: ['Q1'], escalationPolicy: 'EPBILL' }]);
});

test('re-route to a squad with nobody at level 1 is refused', async () => {
  const pager = new FakePager(incident('Q1'));
  pager.duties = [onCall('EPIDEN', 2, ADA)];
  const actions = await actionsWith(systemsOf({ pager }));
  const plan = await actions.plan({ action: 'reroute', incidents: ['Q1'], squad: 'identity' });
  expect(plan.checks).toMatchObject([{ id: 'level-one', result: 'block' }]);
  expect((await actions.run(plan, CONSENT, quiet)).state).toBe('refused');
  expect(pager.sent).toEqual([]);
});

test('re-route refuses when the incident moved since the plan', async () => {
  const pager = new FakePager(incident('Q1'));
  pager.duties = [onCall('EPBILL', 1, DORA)];
  const actions = await actionsWith(systemsOf({ pager }));
  const plan = await actions.plan({ action: 'reroute', incidents: ['Q1'], squad: 'billing' });
  pager.set('Q1', { assignees: [ADA] });
  const outcome = await actions.run(plan, CONSENT, quiet);
  expect(outcome.state).toBe('refused');
  expect(outcome.text).toContain('moved since the plan');
  expect(pager.sent).toEqual([]);
});

test('an unknown squad is answered with the nearest', async () => {
  const actions = await actionsWith(systemsOf({ pager: new FakePager(incident('Q1')) }));
  await expect(actions.plan({ action: 'reroute', incidents: ['Q1'], squad: 'bilings' })).rejects.toThrow(
    'Did you mean billing?',
  );
});

test('escalate pages the next level, told by who is assigned now', async () => {
  const pager = new FakePager(incident('Q1'));
  pager.duties = [onCall('EPOWL', 1, SAM), onCall('EPOWL', 2, ADA)];
  const actions = await actionsWith(systemsOf({ pager }));
  const plan = await actions.plan({ action: 'escalate', incident: 'Q1' });
  expect(plan).toMatchObject({ from: 'level 1', to: 'level 2', confirm: { kind: 'key' } });
  expect((await actions.run(plan, CONSENT, quiet)).text).toContain('Ada Quist paged');
  expect(pager.sent).toEqual([{ kind: 'escalate', id: 'Q1', level: 2 }]);
});

test('escalate is refused at the last level', async () => {
  const pager = new FakePager(incident('Q1', { assignees: [ADA] }));
  pager.duties = [onCall('EPOWL', 1, SAM), onCall('EPOWL', 2, ADA)];
  const actions = await actionsWith(systemsOf({ pager }));
  const plan = await actions.plan({ action: 'escalate', incident: 'Q1' });
  expect(plan.checks).toMatchObject([{ id: 'somebody-paged', result: 'block' }]);
});

test('a note is written once, and found again by its intent', async () => {
  const pager = new FakePager(incident('Q1'));
  pager.nextWrite = 'reset_after';
  const actions = await actionsWith(systemsOf({ pager }));
  const plan = await actions.plan({ action: 'note', incident: 'Q1', text: 'looking' });
  expect((await actions.run(plan, CONSENT, quiet)).state).toBe('confirmed');
  expect(pager.notes.get('Q1')?.map((note) => note.text)).toEqual([`looking [oncall ${plan.intent}]`]);
});

test('an empty note and a snooze of a month make no sense', async () => {
  const actions = await actionsWith(systemsOf({ pager: new FakePager(incident('Q1')) }));
  await expect(actions.plan({ action: 'note', incident: 'Q1', text: ' ' })).rejects.toThrow('empty');
  await expect(actions.plan({ action: 'snooze', incident: 'Q1', seconds: 2_592_000 })).rejects.toThrow(
    '7 days',
  );
});

test('snooze and resolve are confirmed by reading', async () => {
  const pager = new FakePager(incident('Q1'));
  const actions = await actionsWith(systemsOf({ pager }));
  const snooze = await actions.plan({ action: 'snooze', incident: 'Q1', seconds: 3600 });
  expect((await actions.run(snooze, CONSENT, quiet)).text).toContain('until 2026-11-17T04:12:00Z');
  const resolve = await actions.plan({ action: 'resolve', incidents: ['Q1'] });
  expect((await actions.run(resolve, CONSENT, quiet)).state).toBe('confirmed');
  expect(pager.sent.map((change) => change.kind)).toEqual(['snooze', 'resolve']);
});

test('several are resolved only by the typed word: there is no way back', async () => {
  const pager = new FakePager(incident('Q1'), incident('Q2'));
  const actions = await actionsWith(systemsOf({ pager }));
  const request = { action: 'resolve', incidents: ['Q1', 'Q2'] } as const;
  const plan = await actions.plan(request);
  expect(plan.confirm).toEqual({ kind: 'typed', word: 'resolve' });
  expect((await actions.run(plan, CONSENT, quiet)).state).toBe('refused');
  const typed = await actions.run(await actions.plan(request), { ...CONSENT, typed: 'resolve' }, quiet);
  expect(typed.state).toBe('confirmed');
  expect(pager.sent).toEqual([{ kind: 'resolve', ids: ['Q1', 'Q2'] }]);
});

test('resolve refuses what somebody else took meanwhile', async () => {
  const pager = new FakePager(incident('Q1'));
  const actions = await actionsWith(systemsOf({ pager }));
  const plan = await actions.plan({ action: 'resolve', incidents: ['Q1'] });
  pager.set('Q1', { status: 'acknowledged', acknowledgedBy: [DORA] });
  expect((await actions.run(plan, CONSENT, quiet)).state).toBe('refused');
});

test('the same facts give the same hash, others another', async () => {
  const pager = new FakePager(incident('Q1'));
  const actions = await actionsWith(systemsOf({ pager }));
  const request = { action: 'resolve', incidents: ['Q1'] } as const;
  const [one, same] = [await actions.plan(request), await actions.plan(request)];
  expect(one.hash).toBe(same.hash);
  pager.set('Q1', { status: 'acknowledged' });
  expect((await actions.plan(request)).hash).not.toBe(one.hash);
});
