import { describe, expect, it } from 'vitest';
import type { Progress } from '../../src/actions/types.ts';
import { MINUTE, SECOND } from '../../src/model/instant.ts';
import { safeText } from '../../src/model/safe-text.ts';
import type { StackEvent } from '../../src/model/stack.ts';
import { FakeActions } from './fakes.ts';
import { Sitting } from './sitting.tsx';
import { EPOCH, group, instance } from './story.ts';

const WIDE = { columns: 120, rows: 40 };
const NARROW = { columns: 80, rows: 24 };

function event(number: number, changes: { status?: string; reason?: string } = {}): StackEvent {
  return {
    id: `e${number}`,
    at: EPOCH + number * SECOND,
    resource: safeText(`Resource${number}`),
    resourceType: safeText('AWS::AutoScaling::AutoScalingGroup'),
    status: safeText(changes.status ?? 'UPDATE_IN_PROGRESS'),
    reason: changes.reason === undefined ? null : safeText(changes.reason),
    token: null,
  };
}

function progress(changes: Partial<Progress> = {}): Progress {
  return {
    state: 'sent',
    text: 'The new group starts.',
    startedAt: EPOCH,
    now: EPOCH + 3 * MINUTE,
    events: [],
    signals: null,
    output: [],
    ...changes,
  };
}

/** Somebody who has confirmed a rollback and looks at its progress. */
async function rollingBack(options: ConstructorParameters<typeof Sitting>[0] = {}): Promise<Sitting> {
  const sitting = new Sitting(options);
  await sitting.press('b');
  await sitting.sees('last good version');
  await sitting.press('Enter');
  await sitting.sees('Type charge-central to confirm');
  await sitting.types('charge-central');
  await sitting.press('Enter');
  await sitting.sees('sending…');
  await sitting.looksUp();
  return sitting;
}

const DONE = { state: 'confirmed', text: 'charge-central in prod is back at 1.0.282.' } as const;

describe('undo in reach', () => {
  it('a rollback that is done offers the plan that rolls forward again, confirmed as any other', async () => {
    const sitting = await rollingBack();
    await sitting.press('f');
    await sitting.sees('Only a rollback that is done can be rolled forward again');
    sitting.actions.runs[0]?.end(DONE);
    await sitting.sees('f rolls forward again to 1.0.283: plan and typed name first');
    await sitting.press('f');
    await sitting.sees('Roll back charge-central in prod: 1.0.283 → 1.0.283');
    await sitting.sees('Type charge-central to confirm');
    expect(sitting.actions.planned.at(-1)).toEqual({
      action: 'rollback',
      service: 'charge-central',
      environment: 'prod',
      incident: 'Q1',
      to: '1.0.283',
    });
    expect(sitting.actions.runs).toHaveLength(1);
  });

  it('still does after it was closed: W brings it back', async () => {
    const sitting = await rollingBack();
    sitting.actions.runs[0]?.end(DONE);
    await sitting.sees('Done: ');
    await sitting.press('Escape');
    await sitting.sees('1 Incidents');
    await sitting.press('W');
    await sitting.sees('f rolls forward again to 1.0.283');
  });

  it.each(['failed', 'unknown', 'refused'] as const)(
    'one that ended as %s offers nothing of the kind',
    async (state) => {
      const sitting = await rollingBack();
      sitting.actions.runs[0]?.end({ state, text: 'It is as it is.' });
      await sitting.sees('It is as it is.');
      expect(sitting.text).not.toContain('rolls forward');
      await sitting.press('f');
      await sitting.sees('Only a rollback that is done');
      expect(sitting.actions.planned).toHaveLength(1);
    },
  );

  it('is off where rolling back is: the system forbade it for this service', async () => {
    const sitting = await rollingBack();
    sitting.actions.runs[0]?.end(DONE);
    await sitting.sees('f rolls forward again');
    sitting.actions.forbidden = { action: 'rollback', service: 'charge-central' };
    await sitting.press('f');
    await sitting.sees('AWS forbade rollback of charge-central');
    expect(sitting.actions.planned).toHaveLength(1);
  });
});

describe('progress', () => {
  const groups = [
    group('1.0.283', [instance('i-old1', { health: safeText('Unhealthy') }), instance('i-old2')]),
    group('1.0.282', [instance('i-new1'), instance('i-new2', { lifecycle: safeText('Pending:Wait') })], {
      createdAt: EPOCH + MINUTE,
      desired: 3,
    }),
  ];

  it('shows old and new group side by side on a wide terminal, with their instances', async () => {
    const sitting = await rollingBack({ screen: WIDE });
    sitting.watch.fleet('charge-central', 'prod').set(groups);
    await sitting.sees(/old 1\.0\.283 {2}2\/2 InService.* new 1\.0\.282 {2}1\/3 InService/);
    await sitting.sees(/i-old1 .*Unhealthy.* i-new1 .*Healthy/);
    await sitting.sees(/i-old2 .*Healthy.* i-new2 .*Pending:Wa/);
  });

  it('and below each other on a narrow one', async () => {
    const sitting = await rollingBack({ screen: NARROW });
    sitting.watch.fleet('charge-central', 'prod').set(groups);
    await sitting.sees(/old 1\.0\.283 {2}2\/2 InService/);
    await sitting.sees(/new 1\.0\.282 {2}1\/3 InService/);
    expect(sitting.rowOf('new 1.0.282')).toBeGreaterThan(sitting.rowOf('old 1.0.283'));
  });

  it('keeps the newest events in sight, and the older ones a key away', async () => {
    const sitting = await rollingBack({ screen: NARROW });
    const [run] = sitting.actions.runs;
    run?.progress(progress({ events: Array.from({ length: 30 }, (_, number) => event(number)) }));
    await sitting.sees('Resource29');
    await sitting.sees('The new group starts.');
    await sitting.sees('PgDn more below');
    expect(sitting.text).not.toContain('Resource0 ');
    await sitting.press('PageDown', 'PageDown', 'PageDown');
    await sitting.sees('Resource0 ');
    await sitting.press('PageUp', 'PageUp', 'PageUp');
    await sitting.sees('The new group starts.');
  });

  it('tells a failure in full, however long, and pushes nothing out of reach', async () => {
    const sitting = await rollingBack({ screen: NARROW });
    const [run] = sitting.actions.runs;
    const why = Array.from({ length: 300 }, (_, number) => `word${number}`).join(' ');
    run?.progress(
      progress({
        events: [event(1, { status: 'UPDATE_FAILED', reason: `No signal came: ${why} end-of-it.` })],
      }),
    );
    run?.end({ state: 'failed', text: `CloudFormation took it back: ${why} last-word.` });
    await sitting.sees('Failed: CloudFormation took it back: word0');
    await sitting.sees('Esc closes');
    await sitting.press('PageDown');
    await sitting.sees('last-word.');
    await sitting.press('PageDown', 'PageDown', 'PageDown');
    await sitting.sees('end-of-it.');
    await sitting.press('Escape');
    await sitting.sees('1 Incidents');
  });

  it('of a cancellation and of a continued rollback is named for what it is', async () => {
    for (const [kind, word] of [
      ['cancel_update', 'cancelling charge-central'],
      ['continue_rollback', 'continuing charge-central'],
    ] as const) {
      const actions = new FakeActions();
      actions.offered = { kind, text: 'The stack is busy.', attach: null };
      const sitting = new Sitting({ actions });
      await sitting.press('b');
      await sitting.sees('The stack is busy.');
      await sitting.press('Enter');
      await sitting.sees('Type charge-central to confirm');
      await sitting.types('charge-central');
      await sitting.press('Enter');
      await sitting.sees(word);
      expect(sitting.text).not.toContain('rolling back');
    }
  });
});
