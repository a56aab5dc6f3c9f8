import { describe, expect, it } from 'vitest';
import type { Offer } from '../../src/actions/types.ts';
import { MINUTE } from '../../src/model/instant.ts';
import { FakeActions } from './fakes.ts';
import { Sitting } from './sitting.tsx';
import { EPOCH, journalIntent } from './story.ts';

describe('a list to choose from', () => {
  it('narrows to the name that is typed, and Enter takes it', async () => {
    const sitting = new Sitting();
    await sitting.press('r');
    await sitting.sees('Identity');
    await sitting.types('led');
    await sitting.seesNoMore('Identity');
    await sitting.press('Enter');
    await sitting.sees('Plan to reroute');
    expect(sitting.actions.planned).toEqual([{ action: 'reroute', incidents: ['Q1'], squad: 'ledger' }]);
  });

  it('moves by j and k until a letter is typed, by arrows and Ctrl-N always', async () => {
    const sitting = new Sitting();
    await sitting.press('r', 'j', 'j', 'k');
    await sitting.sees('▶ Ledger');
    await sitting.types('i');
    await sitting.sees('▶ Identity');
    await sitting.press('Ctrl-N');
    await sitting.sees('▶ Billing');
    await sitting.press('Backspace', 'Down');
    await sitting.sees('▶ Ledger');
    await sitting.types('ij');
    await sitting.sees('nothing here has that name');
    await sitting.press('Enter');
    await sitting.sees('Nothing here is called ij');
    expect(sitting.actions.planned).toEqual([]);
  });

  it('finds a version by its number', async () => {
    const sitting = new Sitting();
    await sitting.press('b');
    await sitting.sees('last good version');
    await sitting.types('282');
    await sitting.seesNoMore('last good version');
    await sitting.press('Enter');
    await sitting.sees('to confirm');
    expect(sitting.actions.planned).toMatchObject([{ action: 'rollback', to: '1.0.282' }]);
  });
});

describe('while a plan is being made', () => {
  it('says so in the hint, confirms nothing, and can be left', async () => {
    const actions = new FakeActions();
    actions.slow = true;
    const sitting = new Sitting({ actions });
    await sitting.press('b');
    await sitting.sees('last good version');
    await sitting.press('Enter', 'Enter', 'Enter');
    await sitting.sees('reading…  Esc cancel');
    expect(actions.planned).toHaveLength(1);
    expect(actions.runs).toEqual([]);
    await sitting.press('Escape');
    await sitting.sees('1 Incidents');
  });
});

const left = journalIntent({ id: 'intent-7' });

describe('a stack that is in the middle of something', () => {
  function withOffer(offered: Offer): { sitting: Sitting; actions: FakeActions } {
    const actions = new FakeActions();
    actions.offered = offered;
    return { sitting: new Sitting({ actions }), actions };
  }
  const text = 'charge-central (prod) is UPDATE_IN_PROGRESS: begun by dora, deploying 1.0.284.';

  it('an update under way: cancelled after its plan and the typed name, then watched', async () => {
    const { sitting, actions } = withOffer({ kind: 'cancel_update', text, attach: null });
    await sitting.press('b');
    await sitting.sees('begun by dora, deploying 1.0.284');
    await sitting.seesNoMore('watch it');
    await sitting.press('Enter');
    await sitting.sees('Plan to cancel_update');
    await sitting.sees('Leave it');
    expect(actions.planned).toMatchObject([
      { action: 'cancel_update', service: 'charge-central', environment: 'prod', incident: 'Q1' },
    ]);
    await sitting.press('Escape');
    await sitting.sees('Cancelled; nothing was changed');
    expect(actions.runs).toEqual([]);

    await sitting.looksUp();
    await sitting.press('b');
    await sitting.sees('cancel the update');
    await sitting.press('Enter');
    await sitting.sees('Plan to cancel_update');
    await sitting.types('charge-central');
    await sitting.press('Enter');
    await sitting.sees('sending…');
    expect(actions.runs.map(({ consent }) => consent)).toEqual([{ typed: 'charge-central', accepted: [] }]);
    actions.runs[0]?.end({ state: 'confirmed', text: 'The update is cancelled.' });
    await sitting.sees('Done: The update is cancelled.');
  });

  it('begun from here: it can be watched', async () => {
    const { sitting, actions } = withOffer({ kind: 'cancel_update', text, attach: 'intent-7' });
    actions.left.push(left);
    await sitting.press('b');
    await sitting.sees('watch it');
    await sitting.press('Enter');
    await sitting.sees('Rollback of ledger-api in prod: 3.1.151 → 3.1.150');
    expect(actions.attached.map(({ intent }) => intent)).toEqual(['intent-7']);
    expect(actions.planned).toEqual([]);
  });

  it('begun from another host: told whole, by whom, from where and how far, on a small screen too', async () => {
    const actions = new FakeActions();
    const told =
      'charge-central (prod) is UPDATE_IN_PROGRESS since 03:13 UTC: begun by dora@harbour.example from 10.0.0.7 (jump-host-in-another-country) with oncall, 1.0.283 → 1.0.282. So far: AutoScalingGroup UPDATE_IN_PROGRESS at 03:17 UTC, 2 of 3 signals. To follow it where it was begun: oncall attach mwtnacfxyif4.';
    actions.offered = { kind: 'cancel_update', text: told, attach: null };
    const sitting = new Sitting({ actions, screen: { columns: 80, rows: 24 } });
    await sitting.press('b');
    await sitting.sees('cancel the update');
    const shown = sitting.lines.map((line) => line.replaceAll('│', '').trim()).join(' ');
    expect(shown).toContain(told);
  });

  it('a stuck rollback: continued', async () => {
    const stuck = 'The stack is stuck in UPDATE_ROLLBACK_FAILED: its rollback has to be continued first.';
    const { sitting, actions } = withOffer({ kind: 'continue_rollback', text: stuck, attach: null });
    await sitting.press('b');
    await sitting.sees('stuck in UPDATE_ROLLBACK_FAILED');
    await sitting.press('Enter');
    await sitting.sees('Continue the rollback');
    expect(actions.planned).toMatchObject([{ action: 'continue_rollback', service: 'charge-central' }]);
  });

  it('cleaning up: only to wait for, and told why', async () => {
    const why = 'this can be neither cancelled nor updated, so wait for UPDATE_COMPLETE.';
    const { sitting, actions } = withOffer({ kind: 'wait', text: why, attach: null });
    await sitting.press('b');
    await sitting.sees('neither cancelled nor updated');
    await sitting.press('Enter');
    await sitting.seesNoMore('neither cancelled nor updated');
    expect(actions.planned).toEqual([]);
  });
});

describe('a rollback that an earlier session left behind', () => {
  function returned(): { sitting: Sitting; actions: FakeActions } {
    const actions = new FakeActions();
    actions.left.push(left);
    return { sitting: new Sitting({ actions }), actions };
  }

  it('is announced, watched to its end, and nothing is sent again', async () => {
    const { sitting, actions } = returned();
    sitting.begin();
    await sitting.sees('Left unfinished by an earlier session');
    await sitting.sees('prod 3.1.151 → 3.1.150, by sam@harbour.example');
    await sitting.press('Enter');
    await sitting.sees('Rollback of ledger-api in prod: 3.1.151 → 3.1.150');
    await sitting.sees('rolling back ledger-api');
    await sitting.sees('4 Logs ─ ledger-api');
    const [attached] = actions.attached;
    expect(attached?.intent).toBe('intent-7');
    attached?.progress({
      state: 'sent',
      text: 'The old group is deleted.',
      startedAt: EPOCH,
      now: EPOCH + 5 * MINUTE,
      events: [],
      signals: null,
      output: [],
    });
    await sitting.sees('The old group is deleted.');
    attached?.end({ state: 'confirmed', text: 'ledger-api runs 3.1.150.' });
    await sitting.sees('Done: ledger-api runs 3.1.150.');
    expect(actions.planned).toEqual([]);
    expect(actions.runs).toEqual([]);
  });

  it('is told by the header and brought back by W after Escape, until the journal has its end', async () => {
    const { sitting, actions } = returned();
    sitting.begin();
    await sitting.sees('Left unfinished');
    await sitting.press('Escape');
    await sitting.sees('rolling back ledger-api');
    await sitting.press('W');
    await sitting.sees('Left unfinished by an earlier session');
    await sitting.press('Escape');
    actions.left.length = 0;
    await sitting.press('W');
    await sitting.seesNoMore('rolling back ledger-api');
    await sitting.sees('Nothing is under way');
  });

  it('shows how long it usually takes, as the journal has it', async () => {
    const actions = new FakeActions();
    actions.left.push(journalIntent({ id: 'intent-7', expectedMs: 6 * MINUTE }));
    const sitting = new Sitting({ actions });
    sitting.begin();
    await sitting.sees('Left unfinished by an earlier session');
    await sitting.press('Enter');
    await sitting.sees('Rollback of ledger-api');
    actions.attached[0]?.progress({
      state: 'sent',
      text: 'The new group starts.',
      startedAt: EPOCH,
      now: EPOCH + 3 * MINUTE,
      events: [],
      signals: null,
      output: [],
    });
    await sitting.sees('3m00s of about 6m00s');
  });

  it('can wait', async () => {
    const { sitting, actions } = returned();
    sitting.begin();
    await sitting.sees('Left unfinished');
    await sitting.types('not');
    await sitting.press('Enter');
    await sitting.sees('1 Incidents');
    expect(actions.attached).toEqual([]);
  });
});

describe('a dialog longer than the screen', () => {
  it('scrolls by pages, and the hint says so while there is more', async () => {
    const actions = new FakeActions();
    actions.checks = Array.from({ length: 30 }, (_, index) => ({
      id: `check-${index}`,
      result: 'pass',
      text: `Check ${index} is well.`,
    }));
    const sitting = new Sitting({ actions, screen: { columns: 80, rows: 24 } });
    await sitting.press('b');
    await sitting.sees('last good version');
    await sitting.press('Enter');
    await sitting.sees('Check 0 is well');
    await sitting.sees('PgDn more below');
    await sitting.press('PageDown');
    await sitting.seesNoMore('Check 8 is well');
    await sitting.press('PageDown', 'PageDown', 'PageDown');
    await sitting.sees('Check 29 is well');
    await sitting.seesNoMore('more below');
    await sitting.press('PageUp');
    await sitting.seesNoMore('Check 29 is well');
    await sitting.press('Escape', '?');
    await sitting.sees('PgDn more below');
    await sitting.press('PageDown', 'PageDown', 'PageDown', 'PageDown');
    await sitting.sees('whole lines, or one row each');
  });
});

describe('a garbled screen', () => {
  it('is drawn anew by Ctrl-L, in a text field too, and by Ctrl-R', async () => {
    const sitting = new Sitting();
    await sitting.press('Ctrl-L');
    expect(sitting.repaints).toBe(1);
    await sitting.press('n', 'x', 'Ctrl-L');
    expect(sitting.repaints).toBe(2);
    await sitting.sees('Note on charge-central');
    await sitting.press('Escape', 'Ctrl-R');
    await sitting.sees('Read again');
    expect(sitting.repaints).toBe(3);
  });
});

describe('read-only mode', () => {
  it('offers nothing that changes something by name', async () => {
    const sitting = new Sitting({ settings: { readOnly: true } });
    await sitting.press(':');
    await sitting.types('reroute');
    await sitting.sees(': reroute');
    await sitting.press('Enter');
    await sitting.sees('Nothing is called reroute');
  });
});
