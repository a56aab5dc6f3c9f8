import { expect, test } from 'vitest';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { routingKey } from '../../../src/practice/servers/pagerduty/events-v2.ts';
import { practicePagerDuty } from './practice-pagerduty.ts';

const reference = (id: string, change: object) => ({ id, type: 'incident_reference', ...change });

test('acknowledges many at once; again it is passed over, alone it is refused', async () => {
  await using pager = await practicePagerDuty();
  const charge = pager.incident('charge-central');
  const ledger = pager.incident('ledger-api');
  const acknowledge = (...ids: string[]) =>
    pager.viaClient('put', '/incidents', {
      incidents: ids.map((id) => reference(id, { status: 'acknowledged' })),
    });
  const first = await acknowledge(charge.id);
  expect(first).toMatchObject({
    status: 200,
    body: { incidents: [{ id: charge.id, status: 'acknowledged' }] },
  });
  expect(await acknowledge(charge.id)).toMatchObject({ status: 400, body: { error: { code: 1002 } } });
  expect((await acknowledge(charge.id, ledger.id)).status).toBe(200);
  expect([charge.status, ledger.status]).toEqual(['acknowledged', 'acknowledged']);
  expect(pager.host.log.all().at(-1)).toMatchObject({
    operation: 'PUT /incidents',
    mutation: true,
    status: 200,
  });
});

test('a re-route sets the policy and pages its first level', async () => {
  await using pager = await practicePagerDuty();
  const { id } = pager.incident('charge-central');
  const policy = (to: string) => ({ escalation_policy: { id: to, type: 'escalation_policy_reference' } });
  const { status, body } = await pager.ask('PUT', '/incidents', {
    incidents: [reference(id, policy('PPOLBI1'))],
  });
  expect(status).toBe(200);
  expect(body.incidents[0]).toMatchObject({
    status: 'triggered',
    escalation_policy: { id: 'PPOLBI1' },
    assignments: [{ assignee: { id: 'PDORA01' } }],
  });
  const unknown = await pager.ask('PUT', '/incidents', { incidents: [reference(id, policy('PNONE'))] });
  expect([unknown.status, unknown.body.error.code]).toEqual([400, 2001]);
});

test('escalates level by level until there is none', async () => {
  await using pager = await practicePagerDuty();
  const { id } = pager.incident('charge-central');
  const escalate = (level: number) =>
    pager.ask('PUT', '/incidents', { incidents: [reference(id, { escalation_level: level })] });
  expect((await escalate(2)).body.incidents[0]?.assignments).toMatchObject([{ assignee: { id: 'PNIAM12' } }]);
  expect(await escalate(3)).toMatchObject({ status: 400, body: { error: { code: 1006 } } });
});

test('assigns to a person, one incident at a time too', async () => {
  await using pager = await practicePagerDuty();
  const incident = pager.incident('charge-central');
  const assignments = [{ assignee: { id: 'PDORA01', type: 'user_reference' } }];
  const { body } = await pager.ask('PUT', `/incidents/${incident.id}`, {
    incident: { type: 'incident', assignments },
  });
  expect(body.incident).toMatchObject({ assigned_via: 'direct_assignment', pending_actions: [] });
  expect(incident.assignees).toEqual(['PDORA01']);
});

test('snoozes, and tells when it ends', async () => {
  await using pager = await practicePagerDuty();
  const { id } = pager.incident('charge-central');
  const { status, body } = await pager.viaClient('post', `/incidents/${id}/snooze`, { duration: 3600 });
  expect(status).toBe(201);
  expect(body.incident).toMatchObject({
    status: 'acknowledged',
    pending_actions: [{ type: 'unacknowledge' }],
  });
  for (const duration of [0, 604_801, '60', 1.5]) {
    const refused = await pager.ask('POST', `/incidents/${id}/snooze`, { duration });
    expect([duration, refused.status, refused.body.error.code]).toEqual([duration, 400, 1013]);
  }
});

test('notes', async () => {
  await using pager = await practicePagerDuty();
  const { id } = pager.incident('charge-central');
  const { status, body } = await pager.viaClient('post', `/incidents/${id}/notes`, {
    note: { content: 'rolled back' },
  });
  expect(status).toBe(201);
  expect(body.note).toMatchObject({ content: 'rolled back', user: { id: 'PSAM001' } });
  expect((await pager.ask('GET', `/incidents/${id}/notes`)).body.notes).toHaveLength(1);
  expect((await pager.ask('POST', `/incidents/${id}/notes`, { note: { content: ' ' } })).status).toBe(400);
});

test('resolved is the end', async () => {
  await using pager = await practicePagerDuty();
  const { id } = pager.incident('mailer');
  const put = (status: string) =>
    pager.ask('PUT', `/incidents/${id}`, { incident: { type: 'incident', status } });
  expect((await put('resolved')).body.incident).toMatchObject({ status: 'resolved', assignments: [] });
  expect(await put('resolved')).toMatchObject({ status: 400, body: { error: { code: 1001 } } });
  expect(await put('acknowledged')).toMatchObject({ status: 400, body: { error: { code: 1001 } } });
});

test('a request with one unknown incident changes none', async () => {
  await using pager = await practicePagerDuty();
  const charge = pager.incident('charge-central');
  const incidents = [charge.id, 'QNOBODY'].map((id) => reference(id, { status: 'acknowledged' }));
  expect((await pager.ask('PUT', '/incidents', { incidents })).status).toBe(404);
  expect(charge.status).toBe('triggered');
});

test('at most 250 at once, and JSON only', async () => {
  await using pager = await practicePagerDuty();
  const { id } = pager.incident('charge-central');
  const many = Array.from({ length: 251 }, () => reference(id, { status: 'acknowledged' }));
  expect((await pager.ask('PUT', '/incidents', { incidents: many })).status).toBe(413);
  expect((await pager.ask('PUT', '/incidents', { incidents: [] })).status).toBe(400);
  expect((await pager.ask('PUT', '/incidents', '{')).body.error.code).toBe(2001);
});

test('a write is somebody’s: From names a user', async () => {
  await using pager = await practicePagerDuty();
  const { id } = pager.incident('charge-central');
  const note = (headers: Record<string, string>) =>
    pager.ask('POST', `/incidents/${id}/notes`, { note: { content: 'x' } }, headers);
  expect((await note({ From: 'nobody@harbour.example' })).body.error.code).toBe(1008);
  expect((await note({ From: 'sam' })).body.error.code).toBe(1028);
  expect((await note({ From: 'dora@harbour.example' })).body.note.user).toMatchObject({ id: 'PDORA01' });
});

test('who may ask: keys and bearer tokens; the account’s own belongs to nobody', async () => {
  await using pager = await practicePagerDuty();
  const me = (authorization: string) =>
    pager.ask('GET', '/users/me', undefined, { Authorization: authorization });
  expect((await me(`Bearer ${SECRETS.pagerduty.user}`)).status).toBe(200);
  expect((await me(`Token token=${SECRETS.pagerduty.account}`)).status).toBe(400);
  expect(await me('Token token=wrong')).toMatchObject({ status: 401, body: { error: { code: 2006 } } });
});

test('the Events API triggers once for a key, and resolves by it', async () => {
  await using pager = await practicePagerDuty('quiet');
  const cart = pager.world.state.services.find((service) => service.name === 'cart');
  const key = cart === undefined ? '' : routingKey(cart);
  const payload = { summary: 'cart is slow', source: 'nagios', severity: 'critical' };
  const send = (event_action: string) =>
    pager.ask('POST', '/v2/enqueue', { routing_key: key, dedup_key: 'cart-slow', event_action, payload });
  expect(await send('trigger')).toMatchObject({
    status: 202,
    body: { status: 'success', dedup_key: 'cart-slow' },
  });
  await send('trigger');
  const open = () => pager.world.state.incidents.filter((incident) => incident.status !== 'resolved');
  expect(open()).toMatchObject([{ title: 'cart is slow', urgency: 'high' }]);
  await send('resolve');
  expect(open()).toEqual([]);
  const change = {
    routing_key: key,
    payload: { summary: 'cart 2.0 rolled back', timestamp: '2026-11-17T03:10:00Z' },
  };
  expect((await pager.ask('POST', '/v2/change/enqueue', change)).status).toBe(202);
  const { body } = await pager.ask(
    'GET',
    `/services/${cart?.pagerId}/change_events?since=2026-11-17T03:00:00Z`,
  );
  expect(body.change_events).toMatchObject([{ summary: 'cart 2.0 rolled back' }]);
  expect((await pager.ask('POST', '/v2/enqueue', { routing_key: 'no' })).body.status).toBe('invalid event');
});

test('960 requests a minute, then 429', async () => {
  await using pager = await practicePagerDuty();
  const first = await pager.ask('GET', '/abilities');
  expect(first.headers.get('ratelimit-limit')).toBe('960');
  expect(first.headers.get('ratelimit-remaining')).toBe('959');
  expect(Number(first.headers.get('ratelimit-reset'))).toBeGreaterThan(0);
  for (let sent = 1; sent < 960; sent += 40) {
    await Promise.all(Array.from({ length: 40 }, () => pager.ask('GET', '/abilities')));
  }
  expect(await pager.ask('GET', '/abilities')).toMatchObject({
    status: 429,
    body: { error: { code: 2020 } },
  });
});
