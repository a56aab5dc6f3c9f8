import { describe, expect, test } from 'vitest';
import {
  judgeMending,
  type MendingFacts,
  mendedVersions,
  mendingEnd,
} from '../../../../src/insight/rollback/mending.ts';
import { offerFor } from '../../../../src/insight/rollback/offer.ts';
import { stackEnd } from '../../../../src/insight/rollback/stack-end.ts';
import { HOUR } from '../../../../src/model/instant.ts';
import { ownText } from '../../../../src/model/safe-text.ts';
import { deploy, event, facts, stack } from './facts.ts';

const OWN = 'oncall-sam-m2';
const begun = (token: string | null) =>
  event('UPDATE_IN_PROGRESS', { token: token === null ? null : ownText(token) });
const standing = (status: string, own: Partial<MendingFacts> = {}): MendingFacts =>
  facts({ stack: { ...stack, status: ownText(status) }, latest: [begun(null)], ...own });
const running = [
  deploy('1.0.284', 0, { status: 'in_progress', finishedAt: null }),
  deploy('1.0.283', 10 * HOUR),
];

describe('judged', () => {
  test.each([
    ['cancel_update', 'stack-status', 'pass', standing('UPDATE_IN_PROGRESS'), 'can still be cancelled'],
    [
      'cancel_update',
      'stack-status',
      'block',
      standing('UPDATE_COMPLETE_CLEANUP_IN_PROGRESS'),
      'neither cancelled nor updated, so wait',
    ],
    ['cancel_update', 'stack-status', 'block', standing('UPDATE_ROLLBACK_IN_PROGRESS'), 'Wait for its end'],
    ['cancel_update', 'stack-status', 'block', standing('UPDATE_COMPLETE'), 'The stack is UPDATE_COMPLETE.'],
    ['cancel_update', 'stack-status', 'block', standing('UPDATE_ROLLBACK_FAILED'), '--continue'],
    [
      'cancel_update',
      'begun-by',
      'pass',
      standing('UPDATE_IN_PROGRESS', { deploys: running }),
      'begun by dora, deploying 1.0.284',
    ],
    [
      'cancel_update',
      'begun-by',
      'pass',
      standing('UPDATE_IN_PROGRESS', { latest: [begun('oncall-sam-m1')] }),
      'begun by sam with oncall',
    ],
    [
      'cancel_update',
      'begun-by',
      'warn',
      standing('UPDATE_IN_PROGRESS', { latest: [begun('oncall-dora-m1')] }),
      'begun by dora with oncall',
    ],
    ['cancel_update', 'begun-by', 'warn', standing('UPDATE_IN_PROGRESS', { latest: null }), 'cannot be read'],
    ['cancel_update', 'token', 'block', standing('UPDATE_IN_PROGRESS', { who: null, token: null }), 'EMAIL'],
    ['cancel_update', 'identity', 'pass', standing('UPDATE_IN_PROGRESS'), '210987654321'],
    ['continue_rollback', 'stack-status', 'pass', standing('UPDATE_ROLLBACK_FAILED'), 'can be continued'],
    ['continue_rollback', 'stack-status', 'block', standing('UPDATE_COMPLETE'), 'no stuck rollback'],
    ['continue_rollback', 'stack-status', 'block', standing('UPDATE_IN_PROGRESS'), '--cancel'],
  ] as const)('%s: %s is %s', (mending, id, result, world, says) => {
    const found = judgeMending(mending, world).find((each) => each.id === id);
    expect(found?.result).toBe(result);
    expect(found?.text).toContain(says);
    expect(found?.text).toMatch(/\.$/);
  });

  test('which version goes and which stays', () => {
    const update = standing('UPDATE_IN_PROGRESS', {
      deploys: running,
      stack: { ...stack, parameters: { ImageTag: ownText('1.0.284') } },
    });
    expect(mendedVersions('cancel_update', update)).toEqual({ from: '1.0.284', to: '1.0.283' });
    const failed = [deploy('1.0.282', 0, { status: 'failed' }), deploy('1.0.283', HOUR)];
    const stuck = standing('UPDATE_ROLLBACK_FAILED', { deploys: failed });
    expect(mendedVersions('continue_rollback', stuck)).toEqual({ from: '1.0.282', to: '1.0.283' });
    const unread = standing('UPDATE_IN_PROGRESS', { deploys: null });
    expect(mendedVersions('cancel_update', unread)).toEqual({ from: '1.0.283', to: null });
  });
});

describe('offered', () => {
  test.each([
    ['UPDATE_COMPLETE', 'roll_back', ''],
    ['ROLLBACK_COMPLETE', 'roll_back', ''],
    ['UPDATE_IN_PROGRESS', 'cancel_update', 'is UPDATE_IN_PROGRESS'],
    ['UPDATE_ROLLBACK_FAILED', 'continue_rollback', 'stuck'],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'wait', 'neither cancelled nor updated'],
    ['UPDATE_ROLLBACK_IN_PROGRESS', 'wait', 'is UPDATE_ROLLBACK_IN_PROGRESS'],
    ['REVIEW_IN_PROGRESS', 'wait', 'is REVIEW_IN_PROGRESS'],
  ] as const)('%s: %s', (status, kind, says) => {
    const offer = offerFor(standing(status));
    expect(offer.kind).toBe(kind);
    expect(offer.text).toContain(says);
  });

  test('what was begun with this tool can be found again, the newest last', () => {
    const latest = [begun('oncall-sam-m1'), event('UPDATE_ROLLBACK_IN_PROGRESS', { token: ownText(OWN) })];
    expect(offerFor(standing('UPDATE_ROLLBACK_IN_PROGRESS', { latest })).intents).toEqual(['m1', 'm2']);
  });
});

describe('ended', () => {
  const mine = (status: string, reason: string | null = null) =>
    event(status, { token: ownText(OWN), reason: reason === null ? null : ownText(reason) });
  const update = [begun('oncall-dora-m1')];

  test.each([
    ['nothing of ours', update, 'none', ''],
    ['going back', [...update, mine('UPDATE_ROLLBACK_IN_PROGRESS')], 'under_way', 'Going back'],
    [
      'back',
      [...update, mine('UPDATE_ROLLBACK_IN_PROGRESS'), mine('UPDATE_ROLLBACK_COMPLETE')],
      'done',
      'UPDATE_ROLLBACK_COMPLETE',
    ],
    [
      'stuck',
      [
        ...update,
        mine('UPDATE_ROLLBACK_IN_PROGRESS'),
        mine('UPDATE_FAILED', 'Resource update cancelled'),
        mine('UPDATE_FAILED', 'Internal Failure'),
        mine('UPDATE_ROLLBACK_FAILED', 'The following resource(s) failed'),
      ],
      'failed',
      'Internal Failure',
    ],
    ['too late', [...update, mine('UPDATE_COMPLETE')], 'failed', 'complete all the same'],
    [
      'what stood before our token does not count',
      [...update, event('UPDATE_ROLLBACK_FAILED'), mine('UPDATE_ROLLBACK_IN_PROGRESS')],
      'under_way',
      'Going back',
    ],
  ] as const)('%s', (_when, events, kind, says) => {
    const end = mendingEnd(events, OWN, 'charge-central');
    expect(end.kind).toBe(kind);
    if (end.kind !== 'none') expect(end.text).toContain(says);
  });

  test('whose update was cancelled is told by whom', () => {
    const events = [...update, mine('UPDATE_ROLLBACK_IN_PROGRESS'), mine('UPDATE_ROLLBACK_COMPLETE')];
    expect(stackEnd(events, 'charge-central')).toMatchObject({
      kind: 'failed',
      text: expect.stringContaining('sam cancelled it with oncall.'),
    });
  });
});
