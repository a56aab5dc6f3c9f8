import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Incident } from '../../../src/model/incident.ts';
import { DAY } from '../../../src/model/instant.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { pagerDutyServer } from '../../../src/practice/servers/pagerduty/index.ts';
import { type Practised, practise } from '../practised.ts';

const SAM = 'sam@harbour.example';

let practised: Practised;
beforeEach(async () => {
  practised = await practise(pagerDutyServer(), { token: SECRETS.pagerduty.user });
});
afterEach(() => practised[Symbol.asyncDispose]());

const pager = () => practised.systems.pager();

async function incidentOf(service: string): Promise<Incident> {
  const found = (await (await pager()).openIncidents()).find((incident) => incident.service === service);
  if (found === undefined) throw new Error(`no open incident of ${service}`);
  return found;
}

function squad(id: string) {
  const found = practised.world.state.squads.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no squad ${id}`);
  return found;
}

function mutations(): readonly string[] {
  return practised.host.log
    .all()
    .filter(({ mutation }) => mutation)
    .map(({ operation }) => operation);
}

describe('reading', () => {
  test('open incidents, newest first, with their service, squad and people', async () => {
    const open = await (await pager()).openIncidents();
    expect(open.map(({ service }) => service)).toEqual(
      expect.arrayContaining(['charge-central', 'ledger-api', 'mailer']),
    );
    expect(open.map(({ triggeredAt }) => triggeredAt)).toEqual(
      open.map(({ triggeredAt }) => triggeredAt).toSorted((one, other) => other - one),
    );
    expect(open.find(({ service }) => service === 'charge-central')).toMatchObject({
      status: 'triggered',
      urgency: 'high',
      title: expect.stringContaining('5xx above 2%'),
      squad: 'billing',
      triggeredAt: expect.closeTo(Date.parse('2026-11-17T03:08:00Z'), -5),
      assignees: [{ id: 'PSAM001', name: 'Sam Okafor', email: SAM }],
      acknowledgedBy: [],
      snoozedUntil: null,
      resolvedAt: null,
    });
    expect(open.find(({ service }) => service === 'mailer')).toMatchObject({
      status: 'acknowledged',
      urgency: 'low',
      acknowledgedBy: [{ id: 'PSAM001' }],
    });
  });

  test('a storm of several pages, one of it older than the month that a list usually goes back', async () => {
    const { incidents } = practised.world.state;
    const one = incidents.find(({ status }) => status === 'triggered');
    if (one === undefined) throw new Error('nothing burns');
    const burning = incidents.filter(({ status }) => status !== 'resolved').length;
    for (let index = 0; index < 240; index += 1) {
      incidents.push({
        ...one,
        id: `QSTORM${index}`,
        number: 90_000 + index,
        createdAt: one.createdAt - index,
      });
    }
    incidents.push({ ...one, id: 'QOLD', number: 89_999, createdAt: one.createdAt - 45 * DAY });
    const open = await (await pager()).openIncidents();
    expect(new Set(open.map(({ id }) => id)).size).toBe(burning + 241);
    expect(open.at(-1)?.id).toBe('QOLD');
    expect(practised.operations()).toEqual(['GET /incidents', 'GET /incidents', 'GET /incidents']);
  });

  test('high-urgency incidents of one service since a time, resolved ones too', async () => {
    const past = practised.world.state.incidents.findLast(
      ({ status, urgency }) => status === 'resolved' && urgency === 'high',
    );
    const known = practised.world.state.services.find(({ pagerId }) => pagerId === past?.serviceId);
    if (past === undefined || known === undefined) throw new Error('nothing ever burned');
    const read = async (since: number) => (await pager()).urgentSince(practised.service(known.name), since);
    const truth = practised.world.state.incidents.filter(
      ({ serviceId, urgency }) => serviceId === known.pagerId && urgency === 'high',
    );
    const found = await read(0);
    expect(found.map(({ id }) => id)).toEqual(truth.map(({ id }) => id).toReversed());
    expect(found.find(({ id }) => id === past.id)).toMatchObject({ status: 'resolved', service: known.name });
    expect((await read(past.createdAt + 1_000)).map(({ id }) => id)).not.toContain(past.id);
    expect(practised.operations()).toEqual(['GET /incidents', 'GET /incidents']);
  });

  test('a service that PagerDuty is not told of has no history', async () => {
    const { urgentSince } = await pager();
    const unnamed = { ...practised.service('charge-central'), pagerService: null };
    await expect(urgentSince(unnamed, 0)).rejects.toMatchObject({ code: 'not_configured' });
  });

  test('one incident with what the alert says, its notes and its history', async () => {
    const { id } = await incidentOf('charge-central');
    const detail = await (await pager()).incident(id);
    expect(detail.incident.id).toBe(id);
    expect(detail.alerts.length).toBeGreaterThan(0);
    expect(detail.alerts[0]?.details.length).toBeGreaterThan(0);
    expect(detail.log.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['trigger', 'notify']));
    expect(detail.log.map(({ at }) => at)).toEqual(detail.log.map(({ at }) => at).toSorted((a, b) => a - b));
  });

  test('of a log that is longer than is read, the newest part and all that is important', async () => {
    const { id } = await incidentOf('charge-central');
    const log = practised.world.state.incidents.find((one) => one.id === id)?.log ?? [];
    const page = log.find(({ type }) => type === 'notify_log_entry');
    if (page === undefined) throw new Error('nobody was paged');
    const now = practised.world.now();
    for (let index = 0; index < 1_200; index++) log.push({ ...page, id: `R${index}`, at: now });
    const detail = await (await pager()).incident(id);
    expect(detail.wholeLog).toBe(false);
    expect(detail.log).toHaveLength(1_001);
    expect(detail.log[0]?.kind).toBe('trigger');
    expect((await (await pager()).incident((await incidentOf('mailer')).id)).wholeLog).toBe(true);
  });

  test('changes of a service that somebody told of, in a span', async () => {
    const { pagerService } = await incidentOf('charge-central');
    const now = practised.world.now();
    const found = await (await pager()).changes(pagerService.id, now - 3_600_000, now);
    expect(found).toEqual([
      {
        id: expect.any(String),
        at: Date.parse('2026-11-17T03:02:00Z'),
        summary: 'charge-central 1.0.283 deployed to prod by dora',
        source: 'buildkite',
        details: [
          ['version', '1.0.283'],
          ['build', '412'],
          ['deployed_by', 'dora'],
        ],
        url: 'https://buildkite.com/harbour/charge-central/builds/412',
      },
    ]);
    expect(await (await pager()).changes(pagerService.id, now - 60_000, now)).toEqual([]);
  });

  test('who is on call at each level of several policies', async () => {
    const { policyId } = squad('billing');
    const empty = squad('identity');
    const found = await (await pager()).onCall([policyId, empty.policyId]);
    const levels = (id: string) =>
      found.filter(({ escalationPolicy }) => escalationPolicy === id).map(({ level }) => level);
    expect(levels(policyId)).toEqual(expect.arrayContaining([1, 2]));
    expect(levels(empty.policyId)).not.toContain(1);
    expect(found[0]?.person.email).toMatch(/@harbour\.example$/);
  });

  test('who is on call, over several pages and never without end; shifts without end or schedule', async () => {
    const server = pagerDutyServer();
    const asked: string[] = [];
    const endless = {
      escalation_policy: { id: 'PENDLESS' },
      escalation_level: 3,
      user: { id: 'PX', summary: 'Nobody' },
      schedule: null,
      start: null,
      end: null,
    };
    await using world = await practise(
      {
        ...server,
        handle(request, state) {
          if (request.path !== '/oncalls') return server.handle(request, state);
          const offset = request.query.get('offset') ?? '';
          asked.push(offset);
          return {
            status: 200,
            body: JSON.stringify({ oncalls: [endless], more: true, offset, limit: 100 }),
          };
        },
      },
      { token: SECRETS.pagerduty.user },
    );
    const found = await (await world.systems.pager()).onCall(['PENDLESS']);
    expect(found[0]).toMatchObject({ level: 3, schedule: null, until: null });
    expect(asked.slice(0, 3)).toEqual(['0', '100', '200']);
    expect(asked.at(-1)).toBe('9900');
  });

  test('whose token it is: a person’s, or an account’s, which is nobody’s', async () => {
    expect(await (await pager()).me()).toMatchObject({ id: 'PSAM001', email: SAM });
    await using account = await practise(pagerDutyServer(), { token: SECRETS.pagerduty.account });
    expect(await (await account.systems.pager()).me()).toBeNull();
    await using wrong = await practise(pagerDutyServer(), { token: 'nobodys-token' });
    await expect((await wrong.systems.pager()).me()).rejects.toMatchObject({ code: 'unauthorized' });
  });

  test('an incident that does not exist', async () => {
    await expect((await pager()).incident('QNOSUCH')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('writing: one request each', () => {
  test('acknowledge many at once', async () => {
    const ids = [(await incidentOf('charge-central')).id, (await incidentOf('ledger-api')).id];
    await (await pager()).change({ kind: 'acknowledge', ids }, SAM);
    expect(mutations()).toEqual(['PUT /incidents']);
    const after = await (await pager()).incidents(ids);
    expect(after.map(({ status }) => status)).toEqual(['acknowledged', 'acknowledged']);
    expect(after[0]?.acknowledgedBy[0]?.email).toBe(SAM);
  });

  test('re-route sets the escalation policy', async () => {
    const { id } = await incidentOf('charge-central');
    const escalationPolicy = squad('ledger').policyId;
    await (await pager()).change({ kind: 'reroute', ids: [id], escalationPolicy }, SAM);
    expect(mutations()).toHaveLength(1);
    const after = await incidentOf('charge-central');
    expect(after).toMatchObject({ squad: 'ledger', escalationPolicy: { id: escalationPolicy } });
    expect(after.assignees.map(({ id }) => id)).not.toContain('PSAM001');
  });

  test('escalate, snooze, note, resolve', async () => {
    const { id } = await incidentOf('ledger-api');
    const { change } = await pager();
    await change({ kind: 'escalate', id, level: 2 }, SAM);
    await change({ kind: 'snooze', id, seconds: 3_600 }, SAM);
    const [snoozed] = await (await pager()).incidents([id]);
    expect(snoozed?.status).toBe('acknowledged');
    expect((snoozed?.snoozedUntil ?? 0) - practised.world.now()).toBeGreaterThan(3_500_000);
    await change({ kind: 'note', id, text: 'rolling back' }, SAM);
    const { notes } = await (await pager()).incident(id);
    expect(notes).toMatchObject([{ text: 'rolling back', by: 'Sam Okafor' }]);
    await change({ kind: 'resolve', ids: [id] }, SAM);
    expect(mutations()).toHaveLength(4);
    const open = await (await pager()).openIncidents();
    expect(open.map((incident) => incident.id)).not.toContain(id);
  });

  test('a refusal keeps PagerDuty’s code, and an unknown sender is refused', async () => {
    const { id } = await incidentOf('charge-central');
    const { change } = await pager();
    await expect(change({ kind: 'acknowledge', ids: [id] }, 'nobody@else.example')).rejects.toMatchObject({
      code: 'invalid',
      details: { vendorCode: expect.stringMatching(/^\d{4}$/) },
    });
    await expect(change({ kind: 'acknowledge', ids: [id] }, 'not an address\r\nX: y')).rejects.toMatchObject({
      code: 'invalid',
    });
    await expect(change({ kind: 'acknowledge', ids: [] }, SAM)).rejects.toMatchObject({ code: 'invalid' });
    await expect(
      change({ kind: 'acknowledge', ids: Array.from({ length: 251 }, (_, n) => `Q${n}`) }, SAM),
    ).rejects.toMatchObject({ code: 'invalid', message: expect.stringContaining('1 to 250 incidents') });
    expect(mutations()).toHaveLength(1);
  });

  test('a reset before or after it was applied: one request, and its outcome is open', async () => {
    const { id } = await incidentOf('charge-central');
    const { change } = await pager();
    const acknowledge = () => change({ kind: 'acknowledge', ids: [id] }, SAM);
    practised.fault('PUT /incidents', { fault: 'reset_before' });
    await expect(acknowledge()).rejects.toMatchObject({ code: 'reset', mayHaveHappened: true });
    expect((await incidentOf('charge-central')).status).toBe('triggered');
    practised.fault('PUT /incidents', { fault: 'reset_after' });
    await expect(acknowledge()).rejects.toMatchObject({ code: 'reset', mayHaveHappened: true });
    expect((await incidentOf('charge-central')).status).toBe('acknowledged');
    expect(mutations()).toHaveLength(2);
  });

  test('429 and 500 are not sent again', async () => {
    const { id } = await incidentOf('charge-central');
    const { change } = await pager();
    practised.fault('PUT /incidents', { fault: 'status', status: 429 });
    await expect(change({ kind: 'acknowledge', ids: [id] }, SAM)).rejects.toMatchObject({
      code: 'rate_limited',
    });
    practised.fault('PUT /incidents', { fault: 'status', status: 500 });
    await expect(change({ kind: 'acknowledge', ids: [id] }, SAM)).rejects.toMatchObject({
      code: 'server_error',
    });
    expect(mutations()).toHaveLength(2);
  });
});

describe('reading under faults', () => {
  test('goes on after a reset or a 503, and says what a proxy’s page is', async () => {
    const { openIncidents } = await pager();
    practised.fault('GET /incidents', { fault: 'reset_before' });
    expect(await openIncidents()).not.toHaveLength(0);
    practised.fault('GET /incidents', { fault: 'status', status: 503 });
    expect(await openIncidents()).not.toHaveLength(0);
    practised.fault('GET /incidents', { fault: 'garbage' });
    await expect(openIncidents()).rejects.toMatchObject({ code: 'unreadable' });
    expect(practised.systems.health()[0]).toMatchObject({ name: 'pagerduty', ok: false });
    expect(await openIncidents()).not.toHaveLength(0);
    expect(practised.systems.health()[0]).toMatchObject({ name: 'pagerduty', ok: true, error: null });
  });

  test('tells PagerDuty’s own time', async () => {
    await (await pager()).openIncidents();
    expect(Math.abs(practised.systems.now('pagerduty') - practised.world.now())).toBeLessThan(1_500);
  });
});

test('a token that cannot be got says how it was tried, and nothing is sent', async () => {
  delete process.env.ONCALL_TEST_TOKEN_PAGERDUTY;
  await expect((await pager()).openIncidents()).rejects.toMatchObject({
    code: 'not_configured',
    message: expect.stringMatching(/systems\.pagerduty\.token.*ONCALL_TEST_TOKEN_PAGERDUTY is not set/),
  });
  expect(practised.operations()).toEqual([]);
  expect(practised.systems.health()).toMatchObject([{ ok: false, error: { code: 'not_configured' } }]);
});

test('a system that is not in the config names the missing key', async () => {
  await expect(practised.systems.logSearch()).rejects.toMatchObject({
    code: 'not_configured',
    message: expect.stringContaining('systems.splunk'),
  });
  await expect(practised.systems.fleet()).rejects.toMatchObject({
    code: 'not_configured',
    message: expect.stringContaining('environments.<name>.aws'),
  });
  expect(practised.systems.health().map(({ name }) => name)).toEqual(['pagerduty']);
});
