import { describe, expect, test } from 'vitest';
import { type Patterns, whose } from '../../../src/systems/nagios/whose.ts';

const environments = ['prod', 'test'];
const services: Record<string, Patterns | undefined> = {
  'charge-central': { hosts: ['charge-central-{environment}-*'] },
  shared: { hosts: ['box-1'], services: ['ledger *', 'LEDGER'] },
  billing: { services: ['invoices in {environment}'] },
  mailer: undefined,
  'mailer-worker': undefined,
};

describe('whose a host or a check is', () => {
  test.each([
    ['charge-central-prod-7', 'HTTP', 'charge-central', 'prod'],
    ['charge-central-test-1', null, 'charge-central', 'test'],
    ['CHARGE-CENTRAL-PROD-7', null, 'charge-central', 'prod'],
    // Configured services are not guessed at by their names.
    ['old-charge-central', 'HTTP', null, null],
    ['box-1', 'ledger queue', 'shared', null],
    ['box-1', 'ledger', 'shared', null],
    ['box-1', 'disk', null, null],
    ['box-1', null, null, null],
    ['box-2', 'ledger queue', null, null],
    ['batch', 'invoices in test', 'billing', 'test'],
    ['mailer-prod', 'HTTP', 'mailer', 'prod'],
    ['mailer-worker-1.test.example', null, 'mailer-worker', 'test'],
    ['box-9', 'queue of mailer', 'mailer', null],
    ['mailers', 'testing', null, null],
    ['production-1', 'prod', null, null],
  ])('%s %s: %s in %s', (host, service, expected, environment) => {
    expect(whose({ host, service }, { services, environments })).toEqual({ service: expected, environment });
  });
});
