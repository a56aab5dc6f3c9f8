import { expect, it } from 'vitest';
import { relationTo, worstSignalsFirst } from '../../../src/insight/signals.ts';
import { MINUTE } from '../../../src/model/instant.ts';
import { ownText, safeText } from '../../../src/model/safe-text.ts';
import type { Signal } from '../../../src/model/signal.ts';

const AT = Date.parse('2026-11-17T03:12:00Z');

function signal(id: string, own: Partial<Signal> = {}): Signal {
  return {
    source: 'nagios',
    id,
    kind: 'check',
    title: ownText(id),
    detail: null,
    severity: 'critical',
    since: AT,
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

it('stands worst and newest first; an unknown word next to the worst, what is handled last', () => {
  const sorted = worstSignalsFirst([
    signal('downtime', { inDowntime: true }),
    signal('warning', { severity: 'warning' }),
    signal('old', { since: AT - MINUTE }),
    signal('strange', { severity: safeText('SEV0') }),
    signal('undated', { since: null }),
    signal('new'),
    signal('acked', { acknowledged: true }),
  ]);
  expect(sorted.map(({ id }) => id)).toEqual([
    'new',
    'old',
    'undated',
    'strange',
    'warning',
    'acked',
    'downtime',
  ]);
});

const INCIDENT = { service: 'charge-central', squad: 'billing', triggeredAt: AT };

it.each([
  ['the same service, however old', { service: 'charge-central', since: null }, 'service'],
  ['the same squad, about as old', { service: 'cart', squad: 'billing', since: AT - 14 * MINUTE }, 'squad'],
  ['the same squad, a little later', { squad: 'billing', since: AT + 14 * MINUTE }, 'squad'],
  ['the same squad, long before', { squad: 'billing', since: AT - 16 * MINUTE }, null],
  ['the same squad, nobody knows when', { squad: 'billing', since: null }, null],
  ['another squad', { service: 'login', squad: 'identity' }, null],
  ['nobody’s', {}, null],
])('goes with an incident: %s', (_what, own, expected) => {
  expect(relationTo(signal('s', own), INCIDENT)).toBe(expected);
});

it('goes with nothing where neither is anybody’s', () => {
  expect(relationTo(signal('s'), { service: null, squad: null, triggeredAt: AT })).toBeNull();
  expect(relationTo(signal('s'), null)).toBeNull();
});
