import { afterEach, expect, test, vi } from 'vitest';
import { actionsWith, CONSENT, FAST, FakePager, incident, NOW, quiet, systemsOf } from './fakes.ts';

const ACK = { action: 'acknowledge', incidents: ['Q1'] } as const;
const HOUR = 3_600_000;
/** Much longer than any of these tests takes. */
const PATIENT = { ...FAST, read: 5_000, trace: 10_000 };

afterEach(() => {
  vi.useRealTimers();
});

test.each([
  ['back', -HOUR],
  ['forward', HOUR],
])('this machine’s clock jumps %s: the wait for a trace is as long as it was', async (_way, jump) => {
  vi.useFakeTimers({ toFake: ['Date'] });
  const pager = new FakePager(incident('Q1'));
  const actions = await actionsWith(systemsOf({ pager }), { limits: PATIENT });
  const plan = await actions.plan(ACK);
  pager.nextWrite = 'reset_before';
  let reads = 0;
  pager.onRead = () => {
    reads += 1;
    if (reads === 2) vi.setSystemTime(Date.now() + jump);
    // Long after the jump, and before the end of the search: it shows.
    if (reads === 6) pager.apply({ kind: 'acknowledge', ids: ['Q1'] });
  };
  expect((await actions.run(plan, CONSENT, quiet)).state).toBe('confirmed');
  expect(reads).toBe(6);
});

test('a system’s clock that jumps back prolongs no wait without end, and ends none early', async () => {
  const pager = new FakePager(incident('Q1'));
  let now = NOW;
  const systems = { ...systemsOf({ pager }), now: () => now };
  const hasty = await actionsWith(systems);
  const lost = await hasty.plan(ACK);
  pager.nextWrite = 'reset_before';
  pager.onRead = () => {
    now -= HOUR;
  };
  expect((await hasty.run(lost, CONSENT, quiet)).state).toBe('unknown');

  const patient = await actionsWith(systems, { limits: PATIENT });
  const late = await patient.plan(ACK);
  pager.nextWrite = 'reset_before';
  let reads = 0;
  pager.onRead = () => {
    reads += 1;
    if (reads === 3) now -= HOUR;
    if (reads === 6) pager.apply({ kind: 'acknowledge', ids: ['Q1'] });
  };
  expect((await patient.run(late, CONSENT, quiet)).state).toBe('confirmed');
});

test('a tool that was just started takes the system’s clock from its first answer, however wrong its own is', async () => {
  const pager = new FakePager(incident('Q1'));
  const first = await actionsWith(systemsOf({ pager }));
  const stop = new AbortController();
  pager.nextWrite = 'reset_before';
  const plan = await first.plan(ACK);
  await first.run(plan, CONSENT, ({ text }) => text.startsWith('No clear') && stop.abort(), stop.signal);

  // Ten minutes slow: its own time until somebody answers, then theirs.
  let now = NOW - HOUR / 6;
  const next = await actionsWith(
    { ...systemsOf({ pager }), now: () => now },
    { limits: PATIENT, stateFolder: first.folder },
  );
  let reads = 0;
  pager.onRead = () => {
    reads += 1;
    now = Math.max(now, NOW) + 1_000;
    if (reads === 4) pager.apply({ kind: 'acknowledge', ids: ['Q1'] });
  };
  expect((await next.attach(plan.intent, quiet)).state).toBe('confirmed');
  expect(reads).toBe(4);
});
