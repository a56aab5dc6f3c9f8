import { describe, expect, it } from 'vitest';
import { FakeActions } from './fakes.ts';
import { Sitting } from './sitting.tsx';
import { EPOCH, journalIntent } from './story.ts';

const ack = journalIntent({
  id: 'intent-3',
  action: 'acknowledge',
  state: 'sending',
  service: 'charge-central',
  environment: null,
  incident: 'Q1',
  from: 'triggered',
  to: 'acknowledged',
  at: EPOCH + 60_000,
});

function returned(...left: FakeActions['left']): { sitting: Sitting; actions: FakeActions } {
  const actions = new FakeActions();
  actions.left.push(...left);
  const sitting = new Sitting({ actions, screen: { columns: 80, rows: 24 } });
  sitting.begin();
  return { sitting, actions };
}

describe('a light write that an earlier session left without an answer', () => {
  it('is found out by reading, without a dialog, and told in a line', async () => {
    const { sitting, actions } = returned(ack);
    await sitting.until(() => actions.attached.length === 1, 'the reading');
    expect(actions.attached[0]?.intent).toBe('intent-3');
    await sitting.sees('1 Incidents');
    actions.attached[0]?.end({ state: 'confirmed', text: 'Acknowledged by Sam.' });
    await sitting.sees('The acknowledgement of charge-central from 03:13 was applied.');
    expect(sitting.cockpit.view.get().dialogs).toEqual([]);
    expect(actions.planned).toEqual([]);
    expect(actions.runs).toEqual([]);
  });

  it('that stays unknown says what to do, whole, in two rows; nothing is sent again', async () => {
    const { sitting, actions } = returned(ack);
    await sitting.until(() => actions.attached.length === 1, 'the reading');
    actions.attached[0]?.end({ state: 'unknown', text: 'No trace.' });
    await sitting.sees(
      /It is not known whether the acknowledgement of charge-central from 03:13 was\s+applied: look, and press a again if it is still wanted\./,
    );
    await sitting.press('j');
    await sitting.sees('a ack');
    expect(actions.planned).toEqual([]);
  });

  it('of several, those that somebody has to look at are told first', async () => {
    const note = journalIntent({ id: 'intent-4', action: 'note', service: 'mailer', at: EPOCH });
    const { sitting, actions } = returned(ack, note);
    await sitting.until(() => actions.attached.length === 2, 'both readings');
    actions.attached[0]?.end({ state: 'confirmed', text: 'Acknowledged.' });
    actions.attached[1]?.end({ state: 'unknown', text: 'No trace.' });
    await sitting.sees(/It is not known whether the note on mailer from 03:12 was applied: look/);
  });

  it('beside a rollback that is under way: the rollback is offered, the other is read meanwhile', async () => {
    const { sitting, actions } = returned(ack, journalIntent({ id: 'intent-7' }));
    await sitting.sees('Left unfinished by an earlier session');
    await sitting.sees('Watch the rollback of ledger-api');
    expect(actions.attached.map(({ intent }) => intent)).toEqual(['intent-3']);
  });
});
