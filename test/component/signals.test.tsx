import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/model/failure.ts';
import { MINUTE } from '../../src/model/instant.ts';
import { safeText } from '../../src/model/safe-text.ts';
import type { Signal } from '../../src/model/signal.ts';
import type { SignalsView } from '../../src/watch/types.ts';
import { FakeSource, FakeWatch } from './fakes.ts';
import { Sitting } from './sitting.tsx';
import { EPOCH } from './story.ts';

function signal(source: string, id: string, own: Partial<Signal> = {}): Signal {
  return {
    source,
    id,
    kind: 'check',
    title: safeText(id),
    detail: null,
    severity: 'critical',
    since: EPOCH - 5 * MINUTE,
    service: null,
    squad: null,
    acknowledged: false,
    acknowledgedBy: null,
    inDowntime: false,
    measure: null,
    url: null,
    ...own,
  };
}

const DLQ = signal('aws', 'ledger-api-charges-dlq', {
  kind: 'alarm',
  service: 'ledger-api',
  squad: 'ledger',
  measure: { values: [0, 100, 214], unit: safeText('messages') },
});
const LOAD = signal('nagios', 'load', {
  service: 'charge-central',
  squad: 'billing',
  since: EPOCH - 6 * MINUTE,
  url: safeText('https://nagios.harbour.example/load'),
  detail: safeText('load average: 31.2'),
});
const DISK = signal('nagios', 'swap', { service: 'mailer', squad: 'messaging', severity: 'warning' });

const NAGIOS_CAN = ['acknowledge', 'downtime'] as const;

function sitting(options: ConstructorParameters<typeof Sitting>[0] = {}) {
  const watch = new FakeWatch();
  const aws = new FakeSource<SignalsView>('aws', { signals: [DLQ], can: [] });
  const nagios = new FakeSource<SignalsView>('nagios', { signals: [LOAD, DISK], can: NAGIOS_CAN });
  watch.signalSources.push(aws, nagios);
  return { sitting: new Sitting({ ...options, watch }), aws, nagios };
}

const row = (at: Sitting, what: string) => at.lines[at.rowOf(what)] ?? '';

describe('the signals pane', () => {
  it('stands below the incidents, worst and newest first, related ones marked', async () => {
    const { sitting: at } = sitting({ screen: { columns: 120, rows: 40 } });
    await at.sees('5 Signals ─ 3');
    await at.sees('charges-');
    expect(at.rowOf('charges-')).toBeLessThan(at.rowOf(' load '));
    expect(at.rowOf(' load ')).toBeLessThan(at.rowOf(' swap '));
    expect(row(at, 'charges-')).toMatch(/214 +▁▅█/);
    // The cursor is on an incident of charge-central.
    expect(row(at, ' load ')).toContain('◆●');
    expect(row(at, 'charges-')).not.toContain('◆');
    expect(at.text).toContain('1 related');
  });

  it('is one line beside the other panes at 80×24, and a pane with 5', async () => {
    const { sitting: at } = sitting({ screen: { columns: 80, rows: 24 } });
    await at.sees('5 Signals ─ 3 ─ 2 critical');
    expect(at.text).not.toContain('charges-dlq');
    await at.press('5');
    await at.sees('charges-dlq');
    await at.sees('a ack  r assign');
  });

  it('leaves the room to an opened incident', async () => {
    const { sitting: at } = sitting({ screen: { columns: 120, rows: 40 } });
    await at.sees('charges-');
    await at.press('Enter');
    await at.seesNoMore('charges-');
    expect(at.text).toContain('5 Signals ─ 3');
  });

  it('keeps what a system said that fails, and the others live on', async () => {
    const { sitting: at, aws, nagios } = sitting({ screen: { columns: 120, rows: 40 } });
    await at.sees(' load ');
    nagios.fail(new Failure('nagios', 'timeout', 'No answer within 15 s.'));
    await at.sees('nagios STALE');
    await at.sees('nagios: No answer within 15 s.');
    aws.set({ signals: [], can: [] });
    await at.seesNoMore('charges-');
    expect(at.text).toContain(' load ');
  });

  it('moves no row when something new comes, and drops what is over when the cursor moves', async () => {
    const { sitting: at, nagios } = sitting();
    await at.press('5', 'j');
    await at.until(() => row(at, ' load ').includes('▶'), 'the cursor on load');
    const before = at.rowOf(' swap ') - at.rowOf(' load ');
    const later = signal('nagios', 'ping', { since: EPOCH - MINUTE });
    nagios.set({ signals: [later, LOAD], can: NAGIOS_CAN });
    await at.sees('1 new ↑');
    expect(at.rowOf(' swap ') - at.rowOf(' load ')).toBe(before);
    expect(row(at, ' load ')).toContain('▶');
    expect(row(at, ' swap ')).toContain('over');
    await at.press('k', 'k');
    await at.seesNoMore(' swap ');
    await at.sees(' ping ');
    await at.seesNoMore('new ↑');
  });

  it('asks nobody while it is hidden', async () => {
    const { sitting: at, aws } = sitting({ screen: { columns: 120, rows: 40 } });
    await at.sees('charges-');
    expect(aws.watched).toBe(true);
    await at.press('z');
    await at.until(() => !aws.watched, 'nobody watches');
    await at.press('z');
    await at.until(() => aws.watched, 'somebody watches');
  });
});

describe('an opened signal', () => {
  it('tells all that is known, and turns the panes to its service', async () => {
    const { sitting: at } = sitting({ screen: { columns: 120, rows: 40 } });
    await at.press('5');
    await at.sees('charges-');
    await at.press('Enter');
    await at.sees('214 messages');
    await at.sees('2 Deploys ─ ledger-api');
    expect(at.text).toContain('nobody is on it');
    await at.press('h');
    await at.sees('5 Signals ─ 3');
  });

  it('gives its link, and is copied', async () => {
    const { sitting: at } = sitting();
    await at.press('5', 'j', 'o');
    await at.sees('Signal (copied): https://nagios.harbour.example/load');
    await at.press('y');
    expect(at.copied).toEqual([
      'https://nagios.harbour.example/load',
      'charge-central load https://nagios.harbour.example/load',
    ]);
  });
});

describe('what is done to a signal', () => {
  it('is acknowledged with a in its pane, and the incident is not', async () => {
    const { sitting: at, nagios } = sitting();
    await at.press('5', 'j', 'a');
    await at.sees('acking…');
    const target = { system: 'nagios', signal: 'load', environment: 'prod' };
    expect(at.actions.planned).toEqual([{ action: 'acknowledge_signal', ...target }]);
    const acked = { ...LOAD, acknowledged: true, acknowledgedBy: safeText('sam') };
    nagios.set({ signals: [acked, DISK], can: NAGIOS_CAN });
    at.actions.runs[0]?.end({ state: 'confirmed', text: 'Now acknowledged by sam.' });
    await at.sees('Now acknowledged by sam.');
    await at.seesNoMore('acking…');
    await at.press('a');
    await at.sees('It is acknowledged already by sam');
  });

  it('has a key that says why it cannot', async () => {
    const { sitting: at } = sitting();
    await at.press('5', 'a');
    await at.sees('What aws tells cannot be acknowledged from here.');
    await at.press('s');
    await at.sees('What aws tells cannot be put into downtime from here.');
    await at.press('r');
    await at.sees('What aws tells cannot be assigned to a squad from here.');
    expect(at.actions.planned).toEqual([]);
  });

  it('goes into downtime after a choice of how long', async () => {
    const { sitting: at } = sitting();
    await at.press('5', 'j', 's');
    await at.sees('Downtime for load: how long?');
    await at.press('Enter');
    await at.until(() => at.actions.planned.length === 1, 'a plan');
    expect(at.actions.planned[0]).toMatchObject({ action: 'downtime_signal', signal: 'load', seconds: 3600 });
  });

  it('is a ticket that goes to a squad', async () => {
    const { sitting: at, nagios } = sitting();
    const ticket = signal('zendesk', '4711', { kind: 'ticket', title: safeText('cannot pay'), since: EPOCH });
    const tickets = new FakeSource<SignalsView>('zendesk', { signals: [ticket], can: ['assign'] });
    at.watch.signalSources.splice(0, 2, tickets);
    nagios.set({ signals: [], can: [] });
    await at.press('e');
    await at.press('e', '5');
    await at.sees('cannot pay');
    await at.press('g', 'r');
    await at.sees('Give cannot pay to which squad?');
    await at.types('Ledger');
    await at.press('Enter');
    await at.until(() => at.actions.planned.length === 1, 'a plan');
    expect(at.actions.planned[0]).toMatchObject({ action: 'assign_ticket', signal: '4711', squad: 'ledger' });
  });

  it('is off in read-only mode', async () => {
    const { sitting: at } = sitting({ settings: { readOnly: true } });
    await at.press('5', 'j', 'a');
    await at.sees('a is off: read-only mode');
  });
});

it('the incident under the cursor says which signals go with it', async () => {
  const { sitting: at } = sitting({ screen: { columns: 120, rows: 40 } });
  await at.sees(' load ');
  expect(row(at, ' swap ')).not.toContain('◆');
  await at.press('j', 'j');
  await at.until(() => row(at, ' swap ').includes('◆'), 'swap marked');
});
