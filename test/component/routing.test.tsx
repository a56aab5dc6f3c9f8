import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/model/failure.ts';
import { safeText } from '../../src/model/safe-text.ts';
import type { Signal } from '../../src/model/signal.ts';
import type { SignalsView } from '../../src/watch/types.ts';
import { FakeActions, FakeSource, FakeWatch } from './fakes.ts';
import { Sitting } from './sitting.tsx';
import { EPOCH, incident, journalIntent, STORY } from './story.ts';

describe('O', () => {
  it('tells who is on call for the tribe and every squad, until when, and who has nobody', async () => {
    const at = new Sitting();
    await at.press('O');
    await at.sees('Who is on call');
    expect(at.lines[at.rowOf('Owl ')]).toMatch(/Owl +you, until 09:00/);
    expect(at.lines[at.rowOf('Billing ')]).toContain('Dora Lindqvist');
    expect(at.lines[at.rowOf('Ledger ')]).toContain('nobody at level 1');
    expect(at.text).toContain('Nobody is on call at level 1 of Ledger, Identity, Messaging');
    await at.press('Escape');
    await at.seesNoMore('Who is on call');
  });

  it('says so when the pager does not answer', async () => {
    const watch = new FakeWatch();
    const unread = new FakeSource<never>('pagerduty');
    unread.fail(new Failure('pagerduty', 'timeout', 'No answer within 15 s.'));
    watch.onCall = () => unread;
    const at = new Sitting({ watch });
    await at.press('O');
    await at.sees('not known: pagerduty no answer');
  });
});

const HELD = { escalationPolicy: { id: 'EPBilling', name: safeText('Billing') } };

function producedBy(name: string) {
  const details = [[safeText('producer'), safeText(name)] as const];
  return [{ summary: safeText('DLQ not empty'), severity: safeText('critical'), at: EPOCH, details }];
}

describe('the suggested squad of an incident', () => {
  it('stands in the opened incident with its reason, and is the first choice of r', async () => {
    const at = new Sitting({ screen: { columns: 120, rows: 40 } });
    at.watch.alerts('Q1').set([]);
    await at.press('Enter');
    await at.sees(/suggested service charge-central belongs to/);
    await at.press('r');
    await at.sees('suggested: service charge-central belongs to Billing');
    expect(at.lines[at.rowOf('▶ Billing')]).toContain('Dora Lindqvist · suggested');
  });

  it('is taken by S, which shows who will be paged before anything is sent', async () => {
    const at = new Sitting();
    at.watch.alerts('Q1').set([]);
    await at.press('S');
    await at.sees('Paged at once (level 1): Dora Lindqvist.');
    expect(at.actions.planned).toEqual([
      {
        action: 'reroute',
        incidents: ['Q1'],
        squad: 'billing',
        because: 'service charge-central belongs to Billing',
      },
    ]);
    expect(at.actions.runs).toHaveLength(0);
  });

  it('is another one when the alerts, read for it, name who made what is wrong', async () => {
    const watch = new FakeWatch();
    const alerts = watch.alerts('Q1');
    alerts.refresh = async () => alerts.set(producedBy('mailer'));
    const at = new Sitting({ watch });
    await at.press('S');
    await at.until(() => at.actions.planned.length > 0, 'a plan');
    expect(at.actions.planned[0]).toMatchObject({ squad: 'messaging' });
  });

  it('is told where there is none: the squad has it', async () => {
    const watch = new FakeWatch();
    watch.incidentList.set([incident('Q1', HELD)]);
    watch.alerts('Q1').set([]);
    const at = new Sitting({ watch });
    await at.press('S');
    await at.sees('Billing has it, and nothing points to another squad');
    expect(at.actions.planned).toEqual([]);
  });

  it('is learnt from where the like of it went before', async () => {
    const watch = new FakeWatch();
    watch.incidentList.set([incident('Q1', HELD)]);
    watch.alerts('Q1').set([]);
    const actions = new FakeActions();
    const before = {
      action: 'reroute',
      state: 'confirmed',
      service: 'charge-central',
      to: 'ledger',
    } as const;
    actions.left.push(journalIntent(before));
    const at = new Sitting({ watch, actions });
    await at.until(() => at.cockpit.routed.get().length > 0, 'the journal');
    await at.press('S');
    await at.until(() => at.actions.planned.length > 0, 'a plan');
    expect(at.actions.planned[0]).toMatchObject({
      squad: 'ledger',
      because: '1 of 1 of charge-central went to Ledger before',
    });
  });

  it('takes marked incidents of one squad together, and refuses a mixture', async () => {
    const watch = new FakeWatch();
    for (const { id } of STORY) watch.alerts(id).set([]);
    const at = new Sitting({ watch });
    await at.press('A', 'S');
    await at.sees('They are not all suggested for one squad');
    expect(at.actions.planned).toEqual([]);
  });
});

describe('the suggested squad of a ticket', () => {
  const ticket: Signal = {
    source: 'zendesk',
    id: '4711',
    kind: 'ticket',
    title: safeText('Customers cannot pay by card'),
    detail: null,
    severity: 'warning',
    since: EPOCH,
    service: 'charge-central',
    squad: 'messaging',
    acknowledged: false,
    acknowledgedBy: null,
    inDowntime: false,
    measure: null,
    url: null,
  };

  it.each([
    ['messaging', 'billing', null],
    ['billing', null, 'Billing has it, and nothing points to another squad'],
  ])('with %s', async (squad, suggested, why) => {
    const watch = new FakeWatch();
    const signals = [{ ...ticket, squad }];
    watch.signalSources.push(new FakeSource<SignalsView>('zendesk', { signals, can: ['assign'] }));
    const at = new Sitting({ watch, screen: { columns: 120, rows: 40 } });
    await at.sees('Customers cannot');
    await at.press('5', 'S');
    if (suggested === null) {
      await at.sees(why ?? '');
      expect(at.actions.planned).toEqual([]);
      return;
    }
    await at.until(() => at.actions.planned.length > 0, 'a plan');
    expect(at.actions.planned[0]).toMatchObject({
      action: 'assign_ticket',
      signal: '4711',
      squad: suggested,
    });
  });
});
