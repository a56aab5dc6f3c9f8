import { expect, test } from 'vitest';
import type { Monitors } from '../../../src/model/ports/monitors.ts';
import type { Signal } from '../../../src/model/signal.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { newRelicServer } from '../../../src/practice/servers/newrelic/index.ts';
import type { PracticeServer } from '../../../src/practice/servers/server.ts';
import { openSystems } from '../../../src/systems/index.ts';
import { type Practised, practise } from '../practised.ts';
import { failureOf, practisedNewRelic } from './newrelic.ts';

const SAM = 'sam@harbour.example';

async function newRelic({ systems }: Pick<Practised, 'systems'>): Promise<Monitors> {
  const [monitors] = await systems.monitors();
  if (monitors === undefined) throw new Error('no monitors');
  return monitors;
}

async function chargeCentral(monitors: Monitors): Promise<Signal> {
  const found = (await monitors.signals('prod')).find(({ service }) => service === 'charge-central');
  if (found === undefined) throw new Error('no issue of charge-central');
  return found;
}

test('the issues of an environment, from several pages, with those that are older than a day', async () => {
  const practised = await practisedNewRelic();
  const monitors = await newRelic(practised);
  const signals = await monitors.signals('prod');
  expect(signals).toEqual([
    {
      source: 'newrelic',
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      kind: 'issue',
      title: "Error percentage > 2.0% for 5 minutes on 'charge-central'",
      detail: "Policy: 'Harbour billing'. Condition: 'charge-central-1.0.283'; 2 incidents",
      severity: 'critical',
      since: Date.parse('2026-11-17T03:08:00Z'),
      service: 'charge-central',
      squad: 'billing',
      acknowledged: false,
      acknowledgedBy: null,
      inDowntime: false,
      measure: null,
      url: expect.stringMatching(/^https:\/\/radar-api\.service\.newrelic\.com\/accounts\/2109876\/issues\//),
    },
    expect.objectContaining({
      severity: 'warning',
      squad: 'storefront',
      acknowledged: true,
      acknowledgedBy: 'yara@harbour.example',
    }),
  ]);
  expect(practised.operations()).toEqual(['user', 'aiIssues', 'aiIssues']);
  const inTest = await monitors.signals('test');
  expect(inTest).toEqual([expect.objectContaining({ squad: 'messaging', inDowntime: true })]);
});

test('acknowledged once, in the name of the key, and then seen so', async () => {
  const practised = await practisedNewRelic();
  const monitors = await newRelic(practised);
  expect(monitors.can).toEqual(['acknowledge']);
  const { id } = await chargeCentral(monitors);
  await monitors.change({ kind: 'acknowledge', id, comment: 'looking' }, SAM);
  expect(await monitors.signal(id)).toMatchObject({ id, acknowledged: true, acknowledgedBy: SAM });
  expect(await monitors.signal('no such issue')).toBeNull();
  expect(practised.operations().filter((operation) => operation === 'aiIssuesAckIssue')).toHaveLength(1);
});

test('an acknowledgement that New Relic does not make says so inside HTTP 200', async () => {
  const monitors = await newRelic(await practisedNewRelic());
  const change = { kind: 'acknowledge', id: 'no-such-issue', comment: '' } as const;
  const failure = await failureOf(monitors.change(change, SAM));
  expect(failure.message).toBe('New Relic did not acknowledge the issue: Issue no-such-issue was not found.');
  const downtime = { kind: 'downtime', id: 'x', seconds: 60, comment: '' } as const;
  expect((await failureOf(monitors.change(downtime, SAM))).code).toBe('invalid');
});

test.each(['reset_before', 'reset_after'] as const)('an acknowledgement goes once: %s', async (fault) => {
  const practised = await practisedNewRelic();
  const monitors = await newRelic(practised);
  const { id } = await chargeCentral(monitors);
  practised.fault('aiIssuesAckIssue', { fault });
  const failure = await failureOf(monitors.change({ kind: 'acknowledge', id, comment: '' }, SAM));
  expect(failure.mayHaveHappened).toBe(true);
  expect((await monitors.signal(id))?.acknowledged).toBe(fault === 'reset_after');
  expect(practised.operations().filter((operation) => operation === 'aiIssuesAckIssue')).toHaveLength(1);
});

test('what has just closed comes in spite of the filter, and is left out', async () => {
  const practised = await practisedNewRelic();
  const monitors = await newRelic(practised);
  const { id } = await chargeCentral(monitors);
  for (const instance of practised.world.state.instances) {
    if (instance.tags.service === 'charge-central') instance.lifecycle = 'Terminated';
  }
  expect((await monitors.signals('prod')).map((signal) => signal.service)).not.toContain('charge-central');
  expect(await monitors.signal(id)).toBeNull();
});

test('a key that is not accepted, an account that it does not see', async () => {
  const practised = await practise(newRelicServer(), { token: 'NRAK-EXPIRED' });
  const refused = await failureOf((await newRelic(practised)).signals('prod'));
  expect(refused).toMatchObject({
    code: 'unauthorized',
    details: { status: 401, vendorCode: 'BAD_API_KEY' },
  });
  expect(refused.message).toContain('Bad API Key or no API Key provided');
  expect(refused.message).toContain('systems.newrelic.token and region');
  expect(practised.operations()).toHaveLength(1);
  await practised[Symbol.asyncDispose]();

  const elsewhere = await practisedNewRelic({ account: 1 });
  const unseen = await failureOf((await newRelic(elsewhere)).signals('prod'));
  expect(unseen).toMatchObject({ code: 'forbidden' });
  expect(unseen.message).toContain('sees no account 1');
});

test('an error inside HTTP 200 is an error, and health knows of it', async () => {
  const practised = await practisedNewRelic();
  practised.fault('aiIssues', { fault: 'status', status: 200 });
  const failure = await failureOf((await newRelic(practised)).signals('prod'));
  expect(failure).toMatchObject({ system: 'newrelic', code: 'invalid' });
  expect(failure.message).toBe('New Relic: Practice fault: HTTP 200 (HTTP 200).');
  expect(practised.systems.health().find(({ name }) => name === 'newrelic')?.ok).toBe(false);
});

test('the limit of requests at once: waits as long as it is told, then has them', async () => {
  const practised = await practisedNewRelic();
  practised.fault('aiIssues', { fault: 'status', status: 429, headers: { 'Retry-After': '1' } });
  expect(await (await newRelic(practised)).signals('prod')).toHaveLength(2);
});

/** The practice server with some of its answers changed on the way. */
function changed(change: (issue: Record<string, unknown>) => void): PracticeServer {
  const server = newRelicServer();
  return {
    ...server,
    async handle(request, world) {
      const answer = await server.handle(request, world);
      const body = JSON.parse(String(answer.body));
      for (const issue of body.data?.actor?.account?.aiIssues?.issues?.issues ?? []) change(issue);
      return { ...answer, body: JSON.stringify(body) };
    },
  };
}

test('an unknown priority is kept as it is written; times in quotes, missing titles and hostile text are read', async () => {
  const server = changed((issue) => {
    Object.assign(issue, {
      priority: 'URGENT\u001b[31m',
      title: [],
      activatedAt: String(issue.activatedAt),
      acknowledgedBy: 'eve\u202e',
      deepLinkUrl: 'javascript:alert(1)',
      description: null,
      entityGuids: null,
      somethingNew: { of: 'theirs' },
    });
  });
  const practised = await practise(server, { token: SECRETS.newrelic.userKey });
  const found = await (await newRelic(practised)).signals('prod');
  // Without a GUID nobody knows the environment: the name tells the service, and all three are shown.
  expect(found).toHaveLength(3);
  expect(found[0]).toMatchObject({
    title: 'an issue without a title',
    detail: '2 incidents',
    severity: 'URGENT␛[31m',
    since: Date.parse('2026-11-17T03:08:00Z'),
    service: 'charge-central',
    url: null,
  });
  await practised[Symbol.asyncDispose]();
});

test('an account of another region is asked for there', async () => {
  const practised = await practisedNewRelic();
  const { newrelic } = practised.loaded.config.systems;
  if (newrelic === undefined) throw new Error('not configured');
  const { url: _url, ...rest } = newrelic;
  const config = {
    ...practised.loaded.config,
    // Nothing leaves this machine: a proxy that is not there is in the way.
    proxy: 'http://127.0.0.1:1',
    systems: { newrelic: { ...rest, region: 'eu' as const } },
  };
  const systems = openSystems({ ...practised.loaded, config });
  const failure = await failureOf((await newRelic({ systems })).signals('prod'));
  expect(failure.message).toContain('api.eu.newrelic.com');
  await systems.close();
});
