import { expect, test } from 'vitest';
import { type Body, practicePagerDuty } from './practice-pagerduty.ts';

const titles = (body: Body) => body.incidents.map((incident) => incident.title);

test('open incidents, newest first, with people filled in, in the world’s time', async () => {
  await using pager = await practicePagerDuty();
  const query = {
    'statuses[]': ['triggered', 'acknowledged'],
    date_range: 'all',
    sort_by: 'created_at:desc',
    'include[]': ['assignees', 'acknowledgers', 'services'],
  };
  const { status, headers, body } = await pager.viaClient('get', '/incidents', query);
  expect(status).toBe(200);
  expect(headers.get('date')).toMatch(/^Tue, 17 Nov 2026 03:12:/);
  expect(titles(body)).toEqual(['DLQ not empty', '5xx above 2%', 'disk 91%']);
  expect(body).toMatchObject({ limit: 25, offset: 0, more: false, total: null });
  expect(body.incidents[1]).toMatchObject({
    type: 'incident',
    status: 'triggered',
    urgency: 'high',
    created_at: '2026-11-17T03:08:00Z',
    service: { type: 'service', name: 'charge-central' },
    escalation_policy: { type: 'escalation_policy_reference', summary: 'Owl' },
    assignments: [{ assignee: { type: 'user', email: 'sam@harbour.example' } }],
    pending_actions: [{ type: 'escalate', at: '2026-11-17T03:38:00Z' }],
  });
  expect(body.incidents[2]?.acknowledgements).toMatchObject([{ acknowledger: { name: 'Sam Okafor' } }]);
});

test('filters by status, urgency, service, team and user', async () => {
  await using pager = await practicePagerDuty();
  const found = async (query: string) => titles((await pager.ask('GET', `/incidents?${query}`)).body);
  const { serviceId } = pager.incident('charge-central');
  expect(await found('statuses[]=acknowledged')).toEqual(['disk 91%']);
  expect(await found('statuses[]=triggered&urgencies[]=low')).toEqual([]);
  expect(await found(`statuses[]=triggered&service_ids[]=${serviceId}`)).toEqual(['5xx above 2%']);
  expect(await found('statuses[]=triggered&team_ids[]=PTEAMLE')).toEqual(['DLQ not empty']);
  expect(await found('user_ids[]=PSAM001&sort_by=created_at:desc')).toHaveLength(3);
  expect((await pager.ask('GET', '/incidents?statuses[]=burning')).body.error).toMatchObject({ code: 2001 });
});

test('without dates the list begins one month back; with all it has no end', async () => {
  await using pager = await practicePagerDuty();
  const count = async (query: string) =>
    (await pager.ask('GET', `/incidents?total=true&${query}`)).body.total;
  expect(await count('date_range=all')).toBe(pager.world.state.incidents.length);
  expect(await count('')).toBeLessThan(await count('date_range=all'));
  expect(await count('since=2026-11-17T03:00:00Z')).toBe(2);
  expect((await pager.ask('GET', '/incidents?since=2026-01-01T00:00:00Z')).status).toBe(400);
});

test('pages with limit, offset and more; never beyond ten thousand', async () => {
  await using pager = await practicePagerDuty();
  const get = async (query: string) => (await pager.ask('GET', `/services?${query}`)).body;
  const first = await get('limit=20');
  const second = await get('limit=20&offset=20');
  expect([first.more, second.more]).toEqual([true, false]);
  expect([...first.services, ...second.services]).toHaveLength(32);
  expect(await get('limit=500')).toMatchObject({ limit: 100 });
  const beyond = await pager.ask('GET', '/incidents?date_range=all&limit=100&offset=9901');
  expect([beyond.status, beyond.body.error.code]).toEqual([400, 2001]);
});

test('who is on call: by schedule on the first level, without end above, nobody where nobody is', async () => {
  await using pager = await practicePagerDuty();
  const onCall = async (policy: string) =>
    (await pager.ask('GET', `/oncalls?earliest=true&include[]=users&escalation_policy_ids[]=${policy}`)).body
      .oncalls;
  const owl = await onCall('PPOLOWL');
  expect(owl[0]).toMatchObject({
    escalation_level: 1,
    user: { id: 'PSAM001', type: 'user', email: 'sam@harbour.example' },
    schedule: { id: 'PSCHOWL' },
    end: '2026-11-17T09:00:00Z',
  });
  expect(owl[1]).toMatchObject({ escalation_level: 2, schedule: null, start: null, end: null });
  expect((await onCall('PPOLDGO')).map((one) => one.escalation_level)).toEqual([2]);
  expect((await onCall('PPOLID3')).map((one) => one.escalation_level)).toEqual([2, 3]);
});

test('what hangs below an incident', async () => {
  await using pager = await practicePagerDuty();
  const { id } = pager.incident('charge-central');
  const get = async (part: string) => (await pager.ask('GET', `/incidents/${id}${part}`)).body;
  expect((await get('/alerts')).alerts[0]).toMatchObject({
    severity: 'critical',
    body: { details: { check: 'elb-5xx-rate', threshold: '2%' } },
  });
  const { log_entries: log } = await get('/log_entries');
  expect(log.at(-1)).toMatchObject({ type: 'trigger_log_entry', channel: { type: 'api' } });
  expect(log[0]).toMatchObject({
    type: 'notify_log_entry',
    user: { summary: 'Sam Okafor' },
    channel: { notification: { type: 'phone', status: 'success' } },
  });
  expect((await get('/log_entries?is_overview=true')).log_entries).toHaveLength(1);
  expect((await get('/related_change_events')).change_events[0]).toMatchObject({
    summary: 'charge-central 1.0.283 deployed to prod by dora',
    timestamp: '2026-11-17T03:02:00Z',
    correlation_reason: { reason: 'most_recent' },
  });
  expect(await get('/past_incidents')).toMatchObject({ limit: 5, past_incidents: expect.any(Array) });
});

test('users, policies, services, schedules and abilities', async () => {
  await using pager = await practicePagerDuty();
  const get = async (path: string) => (await pager.ask('GET', path)).body;
  expect((await get('/users/me')).user).toMatchObject({ id: 'PSAM001', name: 'Sam Okafor' });
  expect((await get('/users?query=dora')).users).toMatchObject([{ email: 'dora@harbour.example' }]);
  expect((await get('/users/PDORA01')).user).toMatchObject({ name: 'Dora Lindqvist' });
  expect((await get('/escalation_policies/PPOLBI1')).escalation_policy.escalation_rules).toMatchObject([
    { escalation_delay_in_minutes: 30, targets: [{ type: 'schedule_reference' }] },
    { targets: [{ type: 'user_reference' }] },
    { targets: [{ type: 'user_reference' }] },
  ]);
  expect((await get('/schedules/PSCHOWL')).schedule.users).toMatchObject([{ id: 'PSAM001' }]);
  expect((await get('/services?query=charge')).services).toMatchObject([
    { name: 'charge-central', status: 'critical' },
  ]);
  expect((await get('/abilities')).abilities).toContain('teams');
  for (const path of ['/users/PNOBODY', '/incidents/Q0', '/services/P0', '/nothing/here']) {
    const { status, body } = await pager.ask('GET', path);
    expect([path, status, body.error.code]).toEqual([path, 404, 2100]);
  }
});

test('an address longer than 4 KB is refused', async () => {
  await using pager = await practicePagerDuty();
  const ids = Array.from({ length: 300 }, (_, index) => `user_ids[]=P${index}`).join('&');
  expect((await pager.ask('GET', `/incidents?${ids}`)).status).toBe(414);
});
