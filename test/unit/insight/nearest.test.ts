import { expect, test } from 'vitest';
import { nearest } from '../../../src/insight/nearest.ts';

const SERVICES = ['charge-central', 'ledger-api', 'mailer', 'prod', 'id'];

test.each([
  ['charge-centrl', 'charge-central'],
  ['Ledger-API', 'ledger-api'],
  ['charge', 'charge-central'],
  ['malier', 'mailer'],
  ['pord', 'prod'],
  ['zzzzzz', null],
  ['', null],
])('%s → %s', (typed, meant) => {
  expect(nearest(typed, SERVICES)).toBe(meant);
});
