import { expect, test } from 'vitest';
import {
  incidentToRoute,
  type RoutedBefore,
  signalToRoute,
  suggestSquad,
  type ToRoute,
  whyNone,
} from '../../../src/insight/suggested-squad.ts';
import type { Service } from '../../../src/model/catalog.ts';
import { ownText } from '../../../src/model/safe-text.ts';
import { CATALOG } from '../../component/story.ts';
import { incident, NOW } from './cast.ts';

const [charge, ledger] = CATALOG.services as readonly [Service, Service];
const service = (name: string, squad: string, knownAs: readonly string[] = []): Service => ({
  ...charge,
  name,
  squad,
  knownAs,
});
const catalog = {
  squads: CATALOG.squads,
  services: [
    service('charge-central', 'billing', ['charge-central-test', 'card-receipts-dlq']),
    { ...ledger, knownAs: ['ledger-books'] },
    service('ledger', 'messaging'),
    service('checkout', 'identity'),
  ],
};
const nothing: ToRoute = { service: null, heldBy: null, texts: [], facts: [], prose: false };
const went = (name: string, ...squads: readonly string[]): readonly RoutedBefore[] =>
  squads.map((squad) => ({ service: name, squad }));

const cases: readonly (readonly [string, Partial<ToRoute>, readonly RoutedBefore[], string | null])[] = [
  [
    'a service has its squad',
    { service: 'charge-central' },
    [],
    'Billing: service charge-central belongs to Billing',
  ],
  [
    'the service goes before text and history',
    { service: 'charge-central', texts: ['ledger-api is down'] },
    went('charge-central', 'ledger'),
    'Billing: service charge-central belongs to Billing',
  ],
  [
    'who made what is complained of goes before who suffers it',
    {
      service: 'ledger-api',
      facts: [
        ['queue', 'ledger-api-orders-dlq'],
        ['producer', 'checkout 3.2.119'],
      ],
    },
    [],
    'Identity: the alert says producer: checkout 3.2.119, and checkout belongs to Identity',
  ],
  [
    'the same in a sentence',
    { service: 'ledger-api', texts: ['DLQ not empty: messages come from charge-central.'] },
    [],
    'Billing: it says “come from charge-central.”, and charge-central belongs to Billing',
  ],
  [
    'who made it has it: it does not go back to who suffers it',
    { service: 'ledger-api', heldBy: 'identity', facts: [['producer', 'checkout']] },
    [],
    null,
  ],
  [
    'its squad has it: then the text may point elsewhere',
    {
      service: 'charge-central',
      heldBy: 'billing',
      texts: ['charge-central waits for ledger-api, says ledger-api'],
    },
    [],
    'Ledger: the text names ledger-api of Ledger',
  ],
  [
    'a queue is known by name',
    { texts: ['card-receipts-dlq not empty'] },
    [],
    'Billing: the text names card-receipts-dlq of Billing',
  ],
  [
    'the longest name wins',
    { texts: ['ledger-api-charges-dlq'] },
    [],
    'Ledger: the text names ledger-api-charges-dlq of Ledger',
  ],
  ['a name begins at its own beginning', { texts: ['my-charge-central charge-centrally'] }, [], null],
  [
    'what is named most often wins',
    { texts: ['charge-central, ledger-api', 'ledger-books'] },
    [],
    'Ledger: the text names ledger-api of Ledger',
  ],
  ['a squad is known by name', { texts: ['For Identity, please'] }, [], 'Identity: the text names Identity'],
  [
    'a customer’s word is no name',
    { texts: ['Error at checkout, wrong billing address'], prose: true },
    [],
    null,
  ],
  [
    'but what nobody writes by chance is one',
    { texts: ['It says charge-central: 500'], prose: true },
    [],
    'Billing: the text names charge-central of Billing',
  ],
  [
    'its squad has it, and most like it went elsewhere',
    { service: 'charge-central', heldBy: 'billing' },
    went('charge-central', 'ledger', 'ledger', 'messaging', 'ledger'),
    'Ledger: 3 of 4 of charge-central went to Ledger before',
  ],
  [
    'no more than half is no habit',
    { service: 'charge-central', heldBy: 'billing' },
    went('charge-central', 'ledger', 'messaging'),
    null,
  ],
  [
    'what went to a duty counts, but is no squad',
    { service: 'charge-central', heldBy: 'billing' },
    went('charge-central', 'owl', 'ledger', 'owl'),
    null,
  ],
  [
    'of other services nothing is learnt',
    { service: 'charge-central', heldBy: 'billing' },
    went('mailer', 'ledger'),
    null,
  ],
  ['nothing is known', {}, went('charge-central', 'ledger'), null],
];

test.each(cases)('%s', (_name, what, before, expected) => {
  const found = suggestSquad(catalog, { ...nothing, ...what }, before);
  expect(found === null ? null : `${found.name}: ${found.reason}`).toBe(expected);
});

test('an incident with a tribe-wide duty is nobody’s yet; with its squad it is theirs', () => {
  const owls = incident('Q1', { escalationPolicy: { id: 'EPOwl', name: ownText('Owl') } });
  const theirs = incident('Q1', { escalationPolicy: { id: 'EPBilling', name: ownText('Billing') } });
  expect(suggestSquad(CATALOG, incidentToRoute(CATALOG, owls, []), [])?.squad).toBe('billing');
  expect(suggestSquad(CATALOG, incidentToRoute(CATALOG, theirs, []), [])).toBeNull();
  expect(whyNone(CATALOG, incidentToRoute(CATALOG, theirs, []))).toBe(
    'Billing has it, and nothing points to another squad',
  );
  expect(whyNone(CATALOG, nothing)).toMatch(/^No squad is suggested/);
});

test('details of its alerts count', () => {
  const alert = {
    summary: ownText('DLQ not empty'),
    severity: ownText('critical'),
    at: NOW,
    details: [[ownText('Published by'), ownText('mailer')] as const],
  };
  const owls = incident('Q1', { escalationPolicy: { id: 'EPOwl', name: ownText('Owl') } });
  expect(suggestSquad(CATALOG, incidentToRoute(CATALOG, owls, [alert]), [])?.squad).toBe('messaging');
});

test('a ticket that has a service and another squad goes to the squad of the service', () => {
  const ticket = {
    source: 'zendesk',
    id: '4711',
    kind: 'ticket' as const,
    title: ownText('Customers cannot pay by card'),
    detail: null,
    severity: 'warning' as const,
    since: NOW,
    service: 'charge-central',
    squad: 'messaging',
    acknowledged: false,
    acknowledgedBy: null,
    inDowntime: false,
    measure: null,
    url: null,
  };
  expect(suggestSquad(CATALOG, signalToRoute(ticket), [])?.squad).toBe('billing');
  expect(suggestSquad(CATALOG, signalToRoute({ ...ticket, squad: 'billing' }), [])).toBeNull();
});
