import { expect, it } from 'vitest';
import { configSchema } from '../../../src/config/schema.ts';
import { type Owner, ownership } from '../../../src/systems/aws/cloudwatch/ownership.ts';

const aws = { region: 'eu-west-1', profile: 'all' };

function config(test: object = aws) {
  return configSchema.parse({
    tribe: 'Harbour',
    default_environment: 'prod',
    squads: [{ id: 'billing', name: 'Billing', escalation_policy: 'P1' }],
    environments: { prod: { aws }, test: { aws: test } },
    systems: {},
    services: {
      charge: { squad: 'billing', environments: { prod: { stack: 'charge' } } },
      'charge-central': {
        squad: 'billing',
        environments: { prod: { stack: 'charge-central' }, test: { stack: 'charge-central-test' } },
      },
      ledger: {
        squad: 'billing',
        alarms: ['booking-{environment}-', 'charge-central-books'],
        dead_letter_queues: ['unbooked-{environment}'],
        environments: { prod: { stack: 'ldg' }, test: { stack: 'ldg-test' } },
      },
    },
  });
}

const own = (service: string | null): Owner => ({ service });

it.each<[string, readonly string[], Owner, Owner]>([
  ['charge-central-5xx', [], own('charge-central'), 'elsewhere'],
  ['charge-central-test-5xx', [], 'elsewhere', own('charge-central')],
  ['charge-5xx', [], own('charge'), 'elsewhere'],
  ['charges-5xx', [], own(null), own(null)],
  ['ldg/disk', [], own('ledger'), 'elsewhere'],
  ['booking-test-late', [], 'elsewhere', own('ledger')],
  ['charge-central-books-late', [], own('ledger'), own('ledger')],
  ['HighDepth', ['unbooked-prod'], own('ledger'), 'elsewhere'],
  ['High5xx', ['app/charge-central-prod/50dc6c495c0c9188'], own('charge-central'), 'elsewhere'],
  ['High5xx', ['app/charge-central-test/50dc6c495c0c9188'], 'elsewhere', own('charge-central')],
])('%s with %j', (name, dimensions, inProd, inTest) => {
  expect(ownership(config(), 'prod')({ name, dimensions })).toEqual(inProd);
  expect(ownership(config(), 'test')({ name, dimensions })).toEqual(inTest);
});

it('in an account of its own the bare name is that environment’s', () => {
  const ownerOf = ownership(config({ ...aws, profile: 'test' }), 'test');
  expect(ownerOf({ name: 'charge-central-5xx', dimensions: [] })).toEqual(own('charge-central'));
});
