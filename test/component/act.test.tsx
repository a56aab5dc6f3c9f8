import { describe, expect, it } from 'vitest';
import { TAKE_BACK } from '../../src/actions/take-back.ts';
import type { Outcome } from '../../src/actions/types.ts';
import { MINUTE } from '../../src/model/instant.ts';
import { safeText } from '../../src/model/safe-text.ts';
import { Sitting } from './sitting.tsx';
import { deploy, EPOCH, STORY } from './story.ts';

const done = (text: string): Outcome => ({ state: 'confirmed', text });

describe('acknowledge', () => {
  it('shows acking… at once and what was confirmed at the end', async () => {
    const sitting = new Sitting();
    await sitting.press('a');
    await sitting.sees('acking…');
    expect(sitting.actions.planned).toEqual([{ action: 'acknowledge', incidents: ['Q1'] }]);
    sitting.actions.runs[0]?.end(done('Acknowledged.'));
    await sitting.sees('Acknowledged.');
    await sitting.seesNoMore('acking…');
  });

  it('acknowledges all that are marked, after one key', async () => {
    const sitting = new Sitting();
    await sitting.press('Space', 'Space', 'a');
    await sitting.sees('Plan to acknowledge');
    expect(sitting.actions.planned).toEqual([{ action: 'acknowledge', incidents: ['Q1', 'Q2'] }]);
    expect(sitting.actions.runs).toHaveLength(0);
    await sitting.press('Enter');
    await sitting.until(() => sitting.actions.runs.length === 1, 'the run');
  });

  it('says why it cannot', async () => {
    const sitting = new Sitting();
    sitting.actions.disabled = 'Nobody to act as: set email in user.yaml.';
    await sitting.press('a');
    await sitting.sees('Nobody to act as');
    expect(sitting.actions.planned).toHaveLength(0);
  });

  it('does nothing where no cursor can be drawn, and says so', async () => {
    const sitting = new Sitting({ screen: { columns: 39, rows: 9 } });
    await sitting.sees('2 triggered, 1 acked');
    await sitting.press('a');
    await sitting.sees('a is off: make the terminal larger');
    await sitting.press('b', 'r', 'R', 'E', 's', 'n');
    expect(sitting.actions.planned).toEqual([]);
    expect(sitting.cockpit.view.get().dialogs).toEqual([]);
    sitting.resize(80, 24);
    await sitting.press('a');
    await sitting.sees('acking…');
  });

  it('is off for the service that a system forbade it for, and for no other', async () => {
    const sitting = new Sitting();
    sitting.actions.forbidden = { action: 'acknowledge', service: 'charge-central' };
    await sitting.press('a');
    await sitting.sees('AWS forbade acknowledge of charge-central.');
    expect(sitting.actions.planned).toEqual([]);
    await sitting.press('j', 'a');
    await sitting.until(() => sitting.actions.planned.length === 1, 'the plan for another service');
    expect(sitting.actions.planned).toEqual([{ action: 'acknowledge', incidents: ['Q2'] }]);
    sitting.actions.forbidden = { action: 'rollback', service: 'ledger-api' };
    await sitting.press('b');
    await sitting.sees('AWS forbade rollback of ledger-api.');
  });

  it('is not bound in read-only mode, and says so', async () => {
    const sitting = new Sitting({ settings: { readOnly: true } });
    await sitting.sees('READ-ONLY');
    await sitting.press('a');
    await sitting.sees('a is off: read-only mode');
    expect(sitting.actions.planned).toHaveLength(0);
    expect(sitting.text).not.toContain('a ack');
    await sitting.press('?');
    await sitting.sees('Read-only mode: these keys are off');
    await sitting.sees(/b +roll back, cancel or continue/);
  });
});

describe('re-route', () => {
  it('shows who is on call, then who will be paged, then waits for Enter', async () => {
    const sitting = new Sitting();
    await sitting.press('r');
    await sitting.sees(/Billing +Dora Lindqvist/);
    await sitting.sees(/Identity +nobody at level 1/);
    await sitting.sees(/Owl +Sam Okafor/);
    await sitting.press('j', 'Enter');
    await sitting.sees('Paged at once (level 1): Dora Lindqvist.');
    expect(sitting.actions.planned).toEqual([{ action: 'reroute', incidents: ['Q1'], squad: 'ledger' }]);
    await sitting.press('Escape');
    await sitting.sees('Cancelled; nothing was changed');
    expect(sitting.actions.runs).toHaveLength(0);
    expect(sitting.actions.discarded).toHaveLength(1);
  });
});

describe('roll back', () => {
  const reachPlan = async (sitting: Sitting) => {
    await sitting.press('b');
    await sitting.sees('last good version');
    await sitting.press('Enter');
    await sitting.sees('Type charge-central to confirm');
  };

  it('stays on Enter while nothing is typed, and shows where the focus is', async () => {
    const sitting = new Sitting();
    await reachPlan(sitting);
    await sitting.sees('▶ Type charge-central to confirm');
    await sitting.press('Enter');
    await sitting.sees('Type charge-central to go on; Esc leaves');
    await sitting.types('a');
    await sitting.sees('to confirm: a');
    expect(sitting.actions.planned).toHaveLength(1);
    await sitting.press('Tab');
    await sitting.sees('▶ Change to 1.0.282');
    await sitting.press('Tab');
    await sitting.sees('▶ Cancel');
    await sitting.press('Enter');
    await sitting.sees('Cancelled; nothing was changed');
    expect(sitting.actions.runs).toHaveLength(0);
  });

  it('takes no key that changes the world for text that comes late', async () => {
    const sitting = new Sitting();
    await reachPlan(sitting);
    await sitting.press('Escape');
    await sitting.sees('1 Incidents');
    await sitting.types('a');
    await sitting.sees('a was not taken: a dialog has just closed');
    await sitting.press('j', 'k');
    expect(sitting.actions.planned).toHaveLength(1);
    await sitting.looksUp();
    await sitting.press('a');
    await sitting.sees('acking…');
  });

  it('is never confirmed where its plan cannot be seen', async () => {
    const sitting = new Sitting({ screen: { columns: 80, rows: 24 } });
    await reachPlan(sitting);
    await sitting.types('charge-central');
    sitting.resize(39, 9);
    await sitting.sees('a dialog is open: make the terminal');
    await sitting.press('Enter', 'Tab', 'Enter');
    sitting.resize(80, 24);
    await sitting.sees('make the terminal larger');
    await sitting.sees('to confirm: charge-central');
    expect(sitting.actions.runs).toEqual([]);
    sitting.resize(39, 9);
    await sitting.press('Escape');
    await sitting.sees('Cancelled');
    expect(sitting.actions.discarded).toHaveLength(1);
  });

  it('wants the very name, then shows events and lets go of the watching', async () => {
    const sitting = new Sitting();
    await reachPlan(sitting);
    await sitting.types('charge-centra');
    await sitting.press('Enter');
    await sitting.sees('Type charge-central to go on');
    await sitting.press('l', 'Enter');
    await sitting.sees('sending…');
    const [run] = sitting.actions.runs;
    expect(run?.consent).toEqual({ typed: 'charge-central', accepted: [] });
    expect(run?.plan.request).toMatchObject({
      action: 'rollback',
      service: 'charge-central',
      incident: 'Q1',
    });
    run?.progress({
      state: 'sent',
      text: 'The new group starts.',
      startedAt: EPOCH,
      now: EPOCH + 3 * MINUTE,
      events: [
        {
          id: 'e1',
          at: EPOCH,
          resource: safeText('AutoScalingGroup'),
          resourceType: safeText('AWS::AutoScaling::AutoScalingGroup'),
          status: safeText('UPDATE_IN_PROGRESS'),
          reason: safeText('Resource creation Initiated'),
          token: null,
        },
      ],
      signals: { received: 1, failed: 0, needed: 3, until: EPOCH + 10 * MINUTE },
      output: [],
    });
    await sitting.sees('1 of 3 signals, at most until 03:22 UTC, 7m00s left');
    await sitting.sees('3m00s of about 6m00s');
    await sitting.sees('Resource creation Initiated');
    await sitting.sees('1.0.283  2/2 InService');
    await sitting.press('Escape');
    await sitting.sees('1 Incidents');
    await sitting.sees('rolling back charge-central');
    await sitting.looksUp();
    await sitting.press('W');
    await sitting.sees('3m00s of about 6m00s');
    run?.end(done('charge-central runs 1.0.282 on 3 of 3 instances.'));
    await sitting.sees('Done: charge-central runs 1.0.282 on 3 of 3 instances.');
    await sitting.press('Escape');
    await sitting.seesNoMore('rolling back');
  });

  it('takes each warning by its own key', async () => {
    const sitting = new Sitting();
    sitting.actions.checks = [
      { id: 'capacity', result: 'warn', text: 'Starts with 2 instances, 6 are wanted.' },
      { id: 'stack', result: 'pass', text: 'The stack is UPDATE_COMPLETE.' },
    ];
    await reachPlan(sitting);
    await sitting.types('charge-central');
    await sitting.press('Enter');
    await sitting.sees('Warning 1 is not accepted yet');
    await sitting.press('1', 'Enter');
    await sitting.sees('sending…');
    expect(sitting.actions.runs[0]?.consent).toEqual({ typed: 'charge-central', accepted: ['capacity'] });
  });

  it('cannot be confirmed past a check that blocks', async () => {
    const sitting = new Sitting();
    sitting.actions.checks = [{ id: 'image', result: 'block', text: '1.0.282 is not in the registry.' }];
    await sitting.press('b');
    await sitting.sees('last good version');
    await sitting.press('Enter');
    await sitting.sees('✗ 1.0.282 is not in the registry.');
    await sitting.types('charge-central');
    await sitting.press('Enter');
    await sitting.sees('A check refuses this');
    expect(sitting.actions.runs).toHaveLength(0);
  });
});

describe('a freeze window', () => {
  it('takes a reason, and then the plan is made anew with it', async () => {
    const sitting = new Sitting();
    sitting.actions.checks = [{ id: 'freeze', result: 'block', text: 'prod is frozen (audit week).' }];
    await sitting.press('b');
    await sitting.sees('last good version');
    await sitting.press('Enter');
    await sitting.sees('✗ prod is frozen (audit week).');
    await sitting.sees('Frozen: Enter asks for a reason');
    sitting.actions.checks = [{ id: 'freeze', result: 'pass', text: 'Frozen; overridden.' }];
    await sitting.press('Enter');
    await sitting.sees('Why, in spite of the freeze?');
    await sitting.types('customers cannot pay');
    await sitting.press('Enter');
    await sitting.sees('✓ Frozen; overridden.');
    expect(sitting.actions.planned.at(-1)).toMatchObject({
      action: 'rollback',
      service: 'charge-central',
      overrideFreeze: 'customers cannot pay',
    });
    expect(sitting.actions.runs).toHaveLength(0);
  });

  it.each([
    ['cancel_update', 'cancel the update'],
    ['continue_rollback', 'continue the rollback'],
  ] as const)('takes a reason for %s too', async (kind, label) => {
    const sitting = new Sitting();
    sitting.actions.offered = { kind, text: 'The stack is busy.', attach: null };
    sitting.actions.checks = [{ id: 'freeze', result: 'block', text: 'prod is frozen (audit week).' }];
    await sitting.press('b');
    await sitting.sees(label);
    await sitting.press('Enter');
    await sitting.sees('Frozen: Enter asks for a reason');
    sitting.actions.checks = [{ id: 'freeze', result: 'pass', text: 'Frozen; overridden.' }];
    await sitting.press('Enter');
    await sitting.sees('Why, in spite of the freeze?');
    await sitting.types('it burns');
    await sitting.press('Enter');
    await sitting.sees('✓ Frozen; overridden.');
    expect(sitting.actions.planned.at(-1)).toEqual({
      action: kind,
      service: 'charge-central',
      environment: 'prod',
      incident: 'Q1',
      overrideFreeze: 'it burns',
    });
  });

  it('is not all that refuses: then no reason helps', async () => {
    const sitting = new Sitting();
    sitting.actions.checks = [
      { id: 'freeze', result: 'block', text: 'prod is frozen (audit week).' },
      { id: 'image', result: 'block', text: '1.0.282 is not in the registry.' },
    ];
    await sitting.press('b');
    await sitting.sees('last good version');
    await sitting.press('Enter');
    await sitting.sees('A check refuses this; Esc leaves.');
  });
});

describe('note', () => {
  it('keeps every key as text', async () => {
    const sitting = new Sitting();
    await sitting.press('n');
    await sitting.sees('Note on charge-central');
    await sitting.types('q: rolled ackz?');
    await sitting.press('Backspace', 'Enter');
    await sitting.until(() => sitting.actions.planned.length === 1, 'the note');
    expect(sitting.actions.planned).toEqual([{ action: 'note', incident: 'Q1', text: 'q: rolled ackz' }]);
    expect(sitting.quits).toBe(0);
  });
});

describe('before anything is sent, it is said whether it can be taken back', () => {
  it('by the list of lengths, by the field of a note, and for every key by the help', async () => {
    const sitting = new Sitting({ screen: { columns: 80, rows: 40 } });
    await sitting.press('s');
    await sitting.sees('no call that ends it early');
    await sitting.press('Escape');
    await sitting.looksUp();
    await sitting.press('n');
    await sitting.sees('Note on charge-central');
    await sitting.sees(TAKE_BACK.note);
    await sitting.press('Escape', '?');
    await sitting.sees(/a +acknowledge the incident.*\n.*It stops paging\. It can be taken back only by/);
    await sitting.sees(/E +page the next level now.*\n.*whoever is paged is paged/);
  });
});

describe('words that name what they are about', () => {
  it('re-route and note name their incident', async () => {
    const sitting = new Sitting();
    await sitting.press('r');
    await sitting.sees('Re-route charge-central to which squad?');
    await sitting.press('Escape');
    await sitting.looksUp();
    await sitting.press('n');
    await sitting.sees('Note on charge-central: 5xx above 2%');
    await sitting.press('Escape', 'Space', 'Space');
    await sitting.looksUp();
    await sitting.press('r');
    await sitting.sees('Re-route 2 incidents to which squad?');
  });

  it('the list of versions says which is the last good one, which runs, which is suspect, and what is pinned', async () => {
    const sitting = new Sitting();
    await sitting.press('p', 'j', 'b');
    await sitting.sees('it runs 1.0.283; pinned: charge-central');
    await sitting.sees(/last good version +1\.0\.282: the last/);
    await sitting.sees(/1\.0\.283 +runs now, SUSPECT: /);
    await sitting.press('Enter');
    await sitting.sees('to confirm');
    expect(sitting.actions.planned).toEqual([expect.not.objectContaining({ to: expect.anything() })]);
  });

  it('the deploys say which version runs, after a rollback too', async () => {
    const sitting = new Sitting();
    await sitting.sees(/1\.0\.283 .* runs/);
    const source = sitting.watch.deploys('charge-central', 'prod');
    source.set([
      deploy('1.0.282', EPOCH - MINUTE, { who: safeText('Sam Okafor') }),
      ...(source.get().value ?? []),
    ]);
    await sitting.sees(/1\.0\.282 .*sam .* runs/);
    expect(sitting.text).not.toMatch(/1\.0\.283 .* runs/);
  });
});

describe('around it', () => {
  it('rings for a new page of high urgency, once, and not when muted', async () => {
    const page = { ...STORY[0], id: 'Q9', title: safeText('new trouble') };
    for (const bell of [true, false]) {
      const sitting = new Sitting({ settings: { bell } });
      await sitting.sees('PRACTICE');
      sitting.watch.incidentList.set([...STORY, page as (typeof STORY)[number]]);
      await sitting.sees('New page: charge-central new trouble');
      await sitting.sees('1 new ↑');
      expect(sitting.bells).toBe(bell ? 1 : 0);
    }
  });

  it('changes and remembers the environment', async () => {
    const sitting = new Sitting();
    await sitting.press('e');
    await sitting.sees('3 Fleet ╌ charge-central ╌ test');
    expect(sitting.remembered).toEqual(['test']);
  });

  it('pins, visits by the palette, and copies by OSC 52', async () => {
    const sitting = new Sitting();
    await sitting.press('p', 'j');
    await sitting.sees('2 Deploys ─ charge-central pinned');
    await sitting.press(':');
    await sitting.types('ledger-a');
    await sitting.press('Enter');
    await sitting.sees('2 Deploys ─ ledger-api');
    await sitting.press('o');
    await sitting.sees('https://runbooks.harbour.example/ledger-api');
    await sitting.press('4', 'o');
    await sitting.sees('https://splunk.harbour.example/search?q=ledger-api');
    expect(sitting.copied).toHaveLength(2);
  });

  it('leaves on q and on Ctrl-C, but q first backs out', async () => {
    const sitting = new Sitting();
    await sitting.press('z', 'q');
    expect(sitting.quits).toBe(0);
    await sitting.press('q');
    expect(sitting.quits).toBe(1);
    await sitting.press('n', 'q', 'Ctrl-C');
    expect(sitting.quits).toBe(2);
  });

  it('takes a paste as one line of a text field, and as no keys elsewhere', async () => {
    const sitting = new Sitting();
    await sitting.press('\x1b[200~aq\x1b[201~');
    await sitting.sees('Pasted text is only taken by a text field');
    await sitting.press('n', '\x1b[200~two\nlines\x1b[201~');
    await sitting.sees('two lines');
    expect(sitting.actions.planned).toHaveLength(0);
    expect(sitting.quits).toBe(0);
  });
});
