import { expect, test } from 'vitest';
import { isMine, worstFirst } from '../../../src/insight/incidents.ts';
import { countOpen, statusExit } from '../../../src/insight/status.ts';
import { Failure } from '../../../src/model/failure.ts';
import type { Incident } from '../../../src/model/incident.ts';
import { MINUTE } from '../../../src/model/instant.ts';
import { type Reading, STALE_AFTER_MS, unread } from '../../../src/model/reading.ts';
import { ownText } from '../../../src/model/safe-text.ts';
import { DORA, incident, NOW, SAM } from './cast.ts';

const acked = incident('A', { status: 'acknowledged' });
const low = incident('L', { urgency: 'low' });
const high = incident('H');
const strange = incident('S', { urgency: ownText('apocalyptic') });

function reading(value: readonly Incident[], ageMs = 0): Reading<readonly Incident[]> {
  const at = NOW - ageMs;
  return {
    source: 'pagerduty',
    value,
    takenAt: at,
    receivedAt: at,
    error: null,
    staleAfterMs: STALE_AFTER_MS,
  };
}

test.each<[string, Reading<readonly Incident[]>, number]>([
  ['nothing open', reading([]), 0],
  ['only acknowledged', reading([acked]), 1],
  ['triggered, but low', reading([low]), 1],
  ['triggered and high', reading([low, high, acked]), 2],
  ['an urgency that we do not know counts as high', reading([strange]), 2],
  ['never read', unread('pagerduty'), 3],
  ['all was well three minutes ago', reading([], 3 * MINUTE), 3],
  ['it burnt three minutes ago', reading([high], 3 * MINUTE), 3],
  ['this attempt failed', { ...reading([]), error: new Failure('pagerduty', 'refused', 'refused') }, 3],
])('%s: %i', (_name, incidents, exit) => {
  expect(statusExit(incidents, NOW)).toBe(exit);
});

test('counts are of what is open', () => {
  expect(countOpen([acked, low, high, incident('R', { status: 'resolved' })])).toEqual({
    triggered: 2,
    acknowledged: 1,
  });
});

test('worst first, then the newest', () => {
  const newer = incident('N', { triggeredAt: high.triggeredAt + MINUTE });
  const ackedLow = incident('B', { status: 'acknowledged', urgency: 'low' });
  const order = worstFirst([ackedLow, acked, low, high, newer]).map(({ id }) => id);
  expect(order).toEqual(['N', 'H', 'L', 'A', 'B']);
});

test('mine by id or by address, assigned or acknowledged', () => {
  expect(isMine(high, SAM)).toBe(true);
  expect(isMine(high, { email: 'SAM@harbour.example' })).toBe(true);
  expect(isMine(high, DORA)).toBe(false);
  expect(isMine(incident('X', { assignees: [], acknowledgedBy: [DORA] }), DORA)).toBe(true);
});
