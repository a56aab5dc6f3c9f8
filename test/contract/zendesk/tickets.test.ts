import { expect, test } from 'vitest';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { zendeskServer } from '../../../src/practice/servers/zendesk/index.ts';
import { failureOf, practisedZendesk, rewriting } from './zendesk.ts';

const SAM = 'sam@harbour.example';
const SEARCH = 'GET /search';
const PUT = 'PUT /tickets/{id}';
const CARD = 'by card';

test('customers cannot pay: tickets of the bad deploy, tied to service and squad by their tags', async () => {
  const { practised, tickets } = await practisedZendesk();
  const url = practised.loaded.config.systems.zendesk?.url;
  expect(await tickets.signals('prod')).toEqual([
    {
      source: 'zendesk',
      id: '48221',
      kind: 'ticket',
      title: 'Customers cannot pay by card',
      detail: '#48221, new, high priority',
      severity: 'warning',
      since: Date.parse('2026-11-17T03:08:00Z'),
      service: 'charge-central',
      squad: 'storefront',
      acknowledged: false,
      acknowledgedBy: null,
      inDowntime: false,
      measure: null,
      url: `${url}/agent/tickets/48221`,
    },
    expect.objectContaining({ severity: 'critical', service: 'charge-central', squad: 'billing' }),
    expect.objectContaining({ detail: '#48210, pending, low priority', acknowledged: true }),
  ]);
  expect(practised.operations()).toEqual([SEARCH]);
});

test('they rise while it lasts, and stay open after it was put right', async () => {
  const { practised, tickets } = await practisedZendesk();
  const { world } = practised;
  world.advance(3 * 60);
  const risen = await tickets.signals('prod');
  expect(risen[0]).toMatchObject({ title: 'Payment failed twice, was I charged?', severity: 'unknown' });
  expect(risen[0]).toMatchObject({ service: null, squad: null });
  const { prod } = world.state.services.find(({ name }) => name === 'charge-central')?.stacks ?? {};
  const stack = world.state.stacks.find(({ name }) => name === prod);
  if (stack === undefined) throw new Error('no stack');
  const parameters = { ...stack.parameters, ImageTag: '1.0.282' };
  world.stacks.update(stack, { parameters, tags: null, token: null, who: 'sam' });
  world.advance(20 * 60);
  expect(world.activeEffects()).toEqual([]);
  expect(await tickets.signals('test')).toEqual(risen);
});

test('given to a squad: the other tags stay, and it shows before the search knows it', async () => {
  const { practised, tickets, ticket, count } = await practisedZendesk();
  const { id } = await ticket(CARD);
  await tickets.change({ kind: 'assign', id, squad: 'billing' }, SAM);
  expect(count(PUT)).toBe(1);
  expect(await tickets.signal(id)).toMatchObject({ squad: 'billing', service: 'charge-central' });
  expect(await ticket(CARD)).toMatchObject({ squad: 'billing' });
  const url = practised.loaded.config.systems.zendesk?.url;
  const login = `${SECRETS.zendesk.username}/token:${SECRETS.zendesk.token}`;
  const headers = { authorization: `Basic ${Buffer.from(login).toString('base64')}` };
  const asked = await fetch(`${url}/api/v2/tickets/${id}.json`, { headers });
  expect(await asked.json()).toMatchObject({
    ticket: { tags: ['harbour-payments', 'service-charge-central', 'squad-billing'] },
  });
  practised.world.advance(2 * 60);
  expect(await ticket(CARD)).toMatchObject({ squad: 'billing' });
});

test('somebody writes between reading and writing: a conflict, and nothing is overwritten', async () => {
  // As it was read, the ticket is older than it is.
  const server = rewriting(({ ticket, ...rest }) =>
    ticket === undefined ? rest : { ticket: { ...ticket, updated_at: '2026-11-17T03:00:00Z' } },
  );
  const { tickets, ticket, count } = await practisedZendesk(server);
  const { id } = await ticket(CARD);
  const failure = await failureOf(tickets.change({ kind: 'assign', id, squad: 'billing' }, SAM));
  expect(failure).toMatchObject({ code: 'conflict', mayHaveHappened: false });
  expect(failure.message).toContain('Safe Update prevented');
  expect(await tickets.signal(id)).toMatchObject({ squad: 'storefront' });
  expect(count(PUT)).toBe(1);
});

test.each([
  ['reset_before', 'storefront'],
  ['reset_after', 'billing'],
] as const)('a write goes once, and reading tells what became of it: %s', async (fault, squad) => {
  const { practised, tickets, ticket, count } = await practisedZendesk();
  const { id } = await ticket(CARD);
  practised.fault(PUT, { fault });
  const failure = await failureOf(tickets.change({ kind: 'assign', id, squad: 'billing' }, SAM));
  expect(failure).toMatchObject({ code: 'reset', mayHaveHappened: true });
  expect(count(PUT)).toBe(1);
  expect(await tickets.signal(id)).toMatchObject({ squad });
});

test('what it cannot do is refused before anything is sent', async () => {
  const { practised, tickets } = await practisedZendesk();
  expect(tickets.can).toEqual(['assign']);
  const acknowledge = { kind: 'acknowledge', id: '48221', comment: '' } as const;
  expect((await failureOf(tickets.change(acknowledge, SAM))).code).toBe('invalid');
  const nobody = { kind: 'assign', id: '48221', squad: 'nobody' } as const;
  expect((await failureOf(tickets.change(nobody, SAM))).code).toBe('invalid');
  expect(practised.operations()).toEqual([]);
});

test('a ticket that is solved or was never there is no signal', async () => {
  const { tickets } = await practisedZendesk();
  expect(await tickets.signal('48211')).toBeNull();
  expect(await tickets.signal('1')).toBeNull();
  expect(await tickets.signal('../users/me')).toBeNull();
});

test('several pages, each ticket once', async () => {
  const server = zendeskServer();
  const { tickets, count } = await practisedZendesk({
    ...server,
    handle(request, world) {
      const query = new URLSearchParams(request.query);
      query.set('per_page', '1');
      return server.handle({ ...request, query }, world);
    },
  });
  const ids = (await tickets.signals('prod')).map(({ id }) => id);
  expect(ids).toEqual(['48221', '48220', '48210']);
  expect(count(SEARCH)).toBe(3);
});

test('several tags: a search each, and a ticket that has both is there once', async () => {
  const tags = ['harbour-payments', 'squad-billing'];
  const { tickets, count } = await practisedZendesk(zendeskServer(), { tags });
  expect(await tickets.signals('prod')).toHaveLength(3);
  expect(count(SEARCH)).toBe(2);
});

test('a search ends at its 1,000 results', async () => {
  const server = rewriting(({ results, ...rest }, query) => {
    const page = Number(query.get('page') ?? 1);
    const [first] = results as { id: number }[];
    const more = new URLSearchParams(query);
    more.set('page', String(page + 1));
    return {
      ...rest,
      results: Array.from({ length: 100 }, (_, index) => ({ ...FIRST, ...first, id: page * 100 + index })),
      next_page: `${url}/api/v2/search.json?${more}`,
    };
  });
  const { practised, tickets, count } = await practisedZendesk(server);
  const url = practised.loaded.config.systems.zendesk?.url;
  expect(await tickets.signals('prod')).toHaveLength(1_000);
  expect(count(SEARCH)).toBe(10);
});

test('a next page elsewhere is not asked: the token would go along', async () => {
  const next_page = 'https://elsewhere.example/api/v2/search.json?page=2';
  const { tickets } = await practisedZendesk(rewriting((body) => ({ ...body, next_page })));
  expect(await failureOf(tickets.signals('prod'))).toMatchObject({
    code: 'unreadable',
    message: expect.stringContaining('elsewhere.example'),
  });
});

test('a status and a priority that are not known are kept as they are', async () => {
  const server = rewriting((body) => ({
    ...body,
    results: [{ ...FIRST, status: 'parked\u001b[2J', priority: 'blazing', tags: null }],
  }));
  const { tickets } = await practisedZendesk(server);
  expect(await tickets.signals('prod')).toEqual([
    expect.objectContaining({ severity: 'blazing', detail: '#7, parked␛[2J, blazing priority', squad: null }),
  ]);
});

test('an expired token, its rate limit, an error in its words, a page of a proxy', async () => {
  const { practised, tickets } = await practisedZendesk();
  practised.fault(SEARCH, { fault: 'garbage' });
  expect((await failureOf(tickets.signals('prod'))).code).toBe('unreadable');
  practised.fault(SEARCH, { fault: 'status', status: 422 });
  expect(await failureOf(tickets.signals('prod'))).toMatchObject({
    code: 'invalid',
    message: 'Zendesk: Practice fault: HTTP 422 (HTTP 422).',
    details: { vendorCode: 'PracticeFault' },
  });
  practised.fault(SEARCH, { fault: 'status', status: 401 });
  expect(await failureOf(tickets.signals('prod'))).toMatchObject({
    code: 'unauthorized',
    message: expect.stringContaining('systems.zendesk.username'),
  });
  practised.fault(SEARCH, { fault: 'status', status: 429, headers: { 'Retry-After': '40' } });
  expect(await failureOf(tickets.signals('prod'))).toMatchObject({ code: 'rate_limited' });
  const asked = practised.operations().length;
  expect(await failureOf(tickets.signals('prod'))).toMatchObject({
    code: 'rate_limited',
    message: expect.stringMatching(/asked again in (40|39) s/),
  });
  expect(practised.operations()).toHaveLength(asked);
});

test('a write that meets the rate limit was not done', async () => {
  const { practised, tickets, ticket } = await practisedZendesk();
  const { id } = await ticket(CARD);
  practised.fault(PUT, { fault: 'status', status: 429, headers: { 'Retry-After': '40' } });
  const failure = await failureOf(tickets.change({ kind: 'assign', id, squad: 'billing' }, SAM));
  expect(failure).toMatchObject({ code: 'rate_limited', mayHaveHappened: false });
});

const FIRST = {
  id: 7,
  subject: 'help',
  status: 'open',
  priority: 'normal',
  tags: [],
  assignee_id: null,
  created_at: '2026-11-17T03:00:00Z',
  updated_at: '2026-11-17T03:00:00Z',
};
