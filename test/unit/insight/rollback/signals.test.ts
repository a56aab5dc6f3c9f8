import { expect, test } from 'vitest';
import { countSignals } from '../../../../src/insight/rollback/signals.ts';
import { MINUTE } from '../../../../src/model/instant.ts';
import { ownText } from '../../../../src/model/safe-text.ts';
import { signalsText } from '../../../../src/text/signals.ts';
import { event, NOW } from './facts.ts';

const RULE = { needed: 3, timeoutMs: 10 * MINUTE };
const ofGroup = (status: string, reason: string | null = null) =>
  event(status, {
    resource: ownText('Group'),
    resourceType: ownText('AWS::AutoScaling::AutoScalingGroup'),
    reason: reason === null ? null : ownText(reason),
  });
const signal = (kind: string, instance: string) =>
  ofGroup('UPDATE_IN_PROGRESS', `Received ${kind} signal with UniqueId ${instance}`);
const begun = ofGroup('UPDATE_IN_PROGRESS', 'Resource creation Initiated');

test.each([
  ['before the group', [event('UPDATE_IN_PROGRESS')], { received: 0, failed: 0, until: null }],
  ['the group is begun', [begun], { received: 0, failed: 0, until: NOW + 10 * MINUTE }],
  [
    'each instance counts once',
    [begun, signal('SUCCESS', 'i-1'), signal('SUCCESS', 'i-1'), signal('FAILURE', 'i-2')],
    { received: 1, failed: 1, until: NOW + 10 * MINUTE },
  ],
  ['the group is there', [begun, signal('SUCCESS', 'i-1'), ofGroup('UPDATE_COMPLETE')], { until: null }],
  [
    'time ran out',
    [begun, ofGroup('UPDATE_FAILED', 'Failed to receive 3 resource signal(s)')],
    { until: null },
  ],
  ['taken back', [begun, event('UPDATE_ROLLBACK_IN_PROGRESS')], { until: null }],
])('%s', (_when, events, wanted) => {
  expect(countSignals(events, RULE)).toMatchObject({ needed: 3, ...wanted });
});

test('are told in words', () => {
  expect(signalsText({ received: 2, failed: 0, needed: 3, until: NOW + 10 * MINUTE })).toBe(
    '2 of 3 signals, at most until 03:22 UTC',
  );
  expect(signalsText({ received: 2, failed: 1, needed: 3, until: null })).toBe('2 of 3 signals, 1 failed');
});
