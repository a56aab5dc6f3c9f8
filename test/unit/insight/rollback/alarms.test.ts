import { expect, test } from 'vitest';
import { type AlarmsRead, alarmsAfter } from '../../../../src/insight/rollback/alarms.ts';
import { MINUTE } from '../../../../src/model/instant.ts';
import { ownText } from '../../../../src/model/safe-text.ts';
import type { Signal } from '../../../../src/model/signal.ts';
import { NOW } from './facts.ts';

function alarm(title: string, ago: number | null, own: Partial<Signal> = {}): Signal {
  return {
    source: 'aws',
    id: `prod/${title}`,
    kind: 'alarm',
    title: ownText(title),
    detail: null,
    severity: 'critical',
    since: ago === null ? null : NOW - ago,
    service: 'charge-central',
    squad: 'billing',
    acknowledged: false,
    acknowledgedBy: null,
    inDowntime: false,
    measure: null,
    url: null,
    ...own,
  };
}

const read = (...alarms: Signal[]): AlarmsRead => ({ kind: 'read', alarms });
const LATER = 'An alarm may lag some minutes: look again with oncall signals.';

test.each<[string, AlarmsRead, string]>([
  ['none', read(), 'No alarm of charge-central is on.'],
  ['of others alone', read(alarm('dlq', 0, { service: 'ledger-api' })), 'No alarm of charge-central is on.'],
  ['on purpose', read(alarm('5xx', 0, { inDowntime: true })), 'No alarm of charge-central is on.'],
  [
    'an old one',
    read(alarm('5xx', 14 * MINUTE)),
    `1 alarm of charge-central is still on: 5xx (since 02:58 UTC). ${LATER}`,
  ],
  [
    'a new one beside it',
    read(alarm('5xx', 14 * MINUTE), alarm('dlq', 2 * MINUTE)),
    `1 alarm of charge-central is on since the rollback began: dlq (since 03:10 UTC). 1 alarm of charge-central is still on: 5xx (since 02:58 UTC). ${LATER}`,
  ],
  [
    'many',
    read(...['a', 'b', 'c', 'd', 'e'].map((name) => alarm(name, null))),
    `5 alarms of charge-central are still on: a, b, c and 2 more. ${LATER}`,
  ],
  [
    'not permitted',
    { kind: 'unread', why: ownText('Not allowed: your role lacks cloudwatch:DescribeAlarms.') },
    'Alarms are not looked at: Not allowed: your role lacks cloudwatch:DescribeAlarms.',
  ],
])('alarms after a rollback: %s', (_name, found, says) => {
  expect(alarmsAfter('charge-central', found, NOW - 10 * MINUTE)).toBe(says);
});
