import { expect, test } from 'vitest';
import { shortNames } from '../../../src/cockpit/short-names.ts';

test.each([
  [['mailer', 'ledger-api'], 12, ['mailer', 'ledger-api']],
  [['statement-store', 'statement-worker'], 8, ['stat-sto', 'stat-wor']],
  [['payments-eu-a', 'payments-eu-b'], 8, ['pay-eu-a', 'pay-eu-b']],
  [['notifications1', 'notifications2'], 8, ['notifica', 'notific2']],
  [['a-b-c-d-e-f', 'a-b-c-d-e-g'], 8, ['a-b-c-d-', 'a-b-c-d2']],
])('%s in %i columns', (names, columns, expected) => {
  const short = shortNames(names, columns);
  expect(names.map((name) => short.get(name))).toEqual(expected);
  expect(shortNames(names.toReversed(), columns)).toEqual(short);
});
