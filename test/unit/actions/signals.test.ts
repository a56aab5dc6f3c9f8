import { describe, expect, it } from 'vitest';
import type { SignalAction } from '../../../src/actions/types.ts';
import { Failure } from '../../../src/model/failure.ts';
import type { Monitors, SignalChange } from '../../../src/model/ports/index.ts';
import { ownText } from '../../../src/model/safe-text.ts';
import type { Signal } from '../../../src/model/signal.ts';
import { actionsWith, CONSENT, FakePager, NOW, quiet, systemsOf } from './fakes.ts';

const LOAD: Signal = {
  source: 'nagios',
  id: 'web1/load',
  kind: 'check',
  title: ownText('load'),
  detail: null,
  severity: 'critical',
  since: NOW,
  service: 'charge-central',
  squad: 'billing',
  acknowledged: false,
  acknowledgedBy: null,
  inDowntime: false,
  measure: null,
  url: null,
};

/** A monitoring system of a few lines: keeps one signal, applies changes, counts what was sent, fails on order. */
class FakeMonitor implements Monitors {
  readonly system = 'nagios';
  readonly sent: SignalChange[] = [];
  can: readonly SignalChange['kind'][] = ['acknowledge', 'downtime', 'assign'];
  now: Signal | null = LOAD;
  nextWrite: 'answer' | 'reset_before' | 'reset_after' | 'forbidden' | 'lost' = 'answer';

  async signals() {
    return this.now === null ? [] : [this.now];
  }

  async signal() {
    return this.now;
  }

  async change(change: SignalChange) {
    this.sent.push(change);
    if (this.nextWrite === 'forbidden')
      throw new Failure('nagios', 'forbidden', 'You are not a contact of it.');
    if (this.nextWrite === 'reset_before') throw new Failure('nagios', 'reset', 'connection reset');
    if (this.nextWrite === 'lost') return;
    if (this.now !== null) {
      if (change.kind === 'acknowledge')
        this.now = { ...this.now, acknowledged: true, acknowledgedBy: ownText('sam') };
      if (change.kind === 'downtime') this.now = { ...this.now, inDowntime: true };
      if (change.kind === 'assign') this.now = { ...this.now, squad: change.squad };
    }
    if (this.nextWrite === 'reset_after') throw new Failure('nagios', 'reset', 'connection reset');
  }
}

const TARGET = { system: 'nagios', signal: LOAD.id, environment: 'prod' };
const ACK: SignalAction = { action: 'acknowledge_signal', ...TARGET };
const DOWNTIME: SignalAction = { action: 'downtime_signal', ...TARGET, seconds: 3600 };
const ASSIGN: SignalAction = { action: 'assign_ticket', ...TARGET, squad: 'identity' };

async function stage(own: Partial<Pick<FakeMonitor, 'can' | 'now' | 'nextWrite'>> = {}) {
  const monitor = Object.assign(new FakeMonitor(), own);
  const actions = await actionsWith(systemsOf({ pager: new FakePager(), monitors: [monitor] }));
  return { monitor, actions };
}

describe('acknowledging a signal', () => {
  it('is sent once, told with who and the intent, confirmed by reading again, and in the journal', async () => {
    const { monitor, actions } = await stage();
    const plan = await actions.plan(ACK);
    expect(plan).toMatchObject({
      title: 'Acknowledge charge-central: load (nagios)',
      confirm: { kind: 'none' },
    });
    const outcome = await actions.run(plan, CONSENT, quiet);
    expect(outcome).toEqual({
      state: 'confirmed',
      text: 'Now acknowledged by sam: charge-central: load (nagios).',
    });
    const comment = `sam@harbour.example with oncall (${plan.intent})`;
    expect(monitor.sent).toEqual([{ kind: 'acknowledge', id: LOAD.id, comment }]);
    expect((await actions.journal())[0]).toMatchObject({ action: 'acknowledge_signal', state: 'confirmed' });
  });

  it('is confirmed when the answer was lost but it was applied', async () => {
    const { monitor, actions } = await stage({ nextWrite: 'reset_after' });
    expect(await actions.run(await actions.plan(ACK), CONSENT, quiet)).toMatchObject({ state: 'confirmed' });
    expect(monitor.sent).toHaveLength(1);
  });

  it.each(['reset_before', 'lost'] as const)(
    'is not known after %s, and never sent again',
    async (nextWrite) => {
      const { monitor, actions } = await stage({ nextWrite });
      expect(await actions.run(await actions.plan(ACK), CONSENT, quiet)).toMatchObject({ state: 'unknown' });
      expect(monitor.sent).toHaveLength(1);
    },
  );

  it('sends nothing where somebody was quicker, or it is over', async () => {
    for (const now of [{ ...LOAD, acknowledged: true }, null]) {
      const { monitor, actions } = await stage();
      const plan = await actions.plan(ACK);
      monitor.now = now;
      expect(await actions.run(plan, CONSENT, quiet)).toMatchObject({
        state: 'confirmed',
        text: expect.stringContaining('Nothing sent.'),
      });
      expect(monitor.sent).toEqual([]);
    }
  });

  it('says why where the system cannot, or the signal is over', async () => {
    const { actions } = await stage({ can: ['downtime'] });
    await expect(actions.plan(ACK)).rejects.toThrow('What nagios tells cannot be acknowledged from here.');
    const over = await stage({ now: null });
    await expect(over.actions.plan(ACK)).rejects.toThrow('it is over');
  });

  it('is off for the service after it was forbidden', async () => {
    const { actions } = await stage({ nextWrite: 'forbidden' });
    expect(await actions.run(await actions.plan(ACK), CONSENT, quiet)).toMatchObject({ state: 'failed' });
    expect(actions.disabledReason('acknowledge_signal', 'charge-central')).toContain('not a contact');
    expect(actions.disabledReason('downtime_signal', 'charge-central')).toBeNull();
  });
});

describe('a downtime', () => {
  it('in a guarded environment needs the service’s name typed', async () => {
    const { monitor, actions } = await stage();
    const plan = await actions.plan(DOWNTIME);
    expect(plan.confirm).toEqual({ kind: 'typed', word: 'charge-central' });
    expect(plan.lines.join(' ')).toContain('2026-11-17T04:12:00Z (1 h)');
    expect(await actions.run(plan, CONSENT, quiet)).toMatchObject({ state: 'refused' });
    expect(monitor.sent).toEqual([]);
    const done = await actions.run(plan, { ...CONSENT, typed: 'charge-central' }, quiet);
    expect(done).toMatchObject({ state: 'confirmed' });
    expect(monitor.sent).toMatchObject([{ kind: 'downtime', seconds: 3600 }]);
  });

  it.each([0, 59, 1.5, 8 * 24 * 3600])('does not last %s seconds', async (seconds) => {
    const { actions } = await stage();
    await expect(actions.plan({ ...DOWNTIME, seconds })).rejects.toThrow('from 1 minute to 7 days');
  });
});

describe('a ticket', () => {
  it('is given to a squad after a key', async () => {
    const { monitor, actions } = await stage();
    const plan = await actions.plan(ASSIGN);
    expect(plan.confirm).toEqual({ kind: 'key' });
    expect(await actions.run(plan, CONSENT, quiet)).toMatchObject({ state: 'confirmed' });
    expect(monitor.sent).toEqual([{ kind: 'assign', id: LOAD.id, squad: 'identity' }]);
  });

  it('is planned anew where it went elsewhere meanwhile, and to no squad that is not there', async () => {
    const { monitor, actions } = await stage();
    const plan = await actions.plan(ASSIGN);
    monitor.now = { ...LOAD, squad: 'storefront' };
    expect(await actions.run(plan, CONSENT, quiet)).toMatchObject({ state: 'refused' });
    expect(monitor.sent).toEqual([]);
    await expect(actions.plan({ ...ASSIGN, squad: 'nobody' })).rejects.toThrow('Known: billing, identity');
  });
});
