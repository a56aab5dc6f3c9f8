import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../src/model/instant.ts';
import type { Signal } from '../../../src/model/signal.ts';
import type { FaultOrder } from '../../../src/practice/faults.ts';
import { Host } from '../../../src/practice/host.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { CGIS, nagiosServer } from '../../../src/practice/servers/nagios/index.ts';
import type { PracticeServer } from '../../../src/practice/servers/server.ts';
import { createWorld } from '../../../src/practice/world/create.ts';
import type { World } from '../../../src/practice/world/world.ts';
import { type Adapter, adapterFor } from '../../support/nagios/stage.ts';

const SAM = 'sam@harbour.example';
const LIST = 'GET statusjson.cgi servicelist';
const FORM = 'GET cmd.cgi 34';
const COMMIT = 'POST cmd.cgi 34';
const HTTP = 'charge-central-prod;HTTP';
const CONFIGURED = {
  'charge-central': { hosts: ['charge-central-{environment}'] },
  mailer: { hosts: ['mailer-{environment}'] },
};

let world: World;
let host: Host;
let adapter: Adapter;

async function start(server: PracticeServer = nagiosServer()): Promise<void> {
  world = createWorld({ scenario: 'bad-deploy', seed: 1, speed: 1 });
  host = new Host(world);
  const { url } = await host.serve(server);
  adapter = await adapterFor({ url: `${url}${CGIS}` }, SECRETS.nagios, CONFIGURED);
}

async function end(): Promise<void> {
  await adapter[Symbol.asyncDispose]();
  await host.close();
  world.stop();
}

/** The server with answers of statusjson.cgi that a test has rewritten. */
async function startWith(
  rewrite: (answer: { result: Answer; data: Answer }, query: URLSearchParams) => void,
) {
  await end();
  const server = nagiosServer();
  await start({
    ...server,
    async handle(request, ofWorld) {
      const answer = await server.handle(request, ofWorld);
      if (!request.path.endsWith('statusjson.cgi')) return answer;
      const body = JSON.parse(String(answer.body));
      rewrite(body, request.query);
      return { ...answer, body: JSON.stringify(body) };
    },
  });
}
type Answer = Record<string, unknown>;

beforeEach(() => start());
afterEach(end);

const signals = (environment = 'prod') => adapter.monitors.signals(environment);
const asked = () => host.log.all().map(({ operation }) => operation);
const fault = (operation: string, order: Omit<FaultOrder, 'system' | 'match' | 'times'>, times = 1) =>
  host.faults.order({ ...order, system: 'nagios', match: { operation }, times });
const acknowledge = () => adapter.monitors.change({ kind: 'acknowledge', id: HTTP, comment: 'mine' }, SAM);

describe('the story', () => {
  test('the bad deploy shows in its check and its heartbeat, and the full disk is taken already', async () => {
    const told = await signals();
    expect(told.map(({ id }) => id).toSorted()).toEqual([
      HTTP,
      'charge-central-prod;heartbeat',
      'mailer-prod;disk /var/spool/mail',
    ]);
    expect(told.find(({ service }) => service === 'mailer')).toMatchObject({
      severity: 'warning',
      title: 'disk /var/spool/mail on mailer-prod',
      detail: 'DISK WARNING - /var/spool/mail is 91% full',
      acknowledged: true,
      acknowledgedBy: SAM,
    });
    expect(told.find(({ id }) => id === HTTP)).toMatchObject({
      since: Date.parse('2026-11-17T03:03:00Z'),
      service: 'charge-central',
    });
    expect(await signals('test')).toEqual([]);
  });

  test('the checks recover once no instance runs the bad version, and what was acknowledged is over', async () => {
    await acknowledge();
    world.advance(3);
    expect(await adapter.monitors.signal(HTTP)).toMatchObject({ acknowledged: true });
    const stack = world.state.stacks.find(({ name }) => name === serviceOf('charge-central').stacks.prod);
    if (stack === undefined) throw new Error('no stack');
    const parameters = { ...stack.parameters, ImageTag: '1.0.282' };
    world.stacks.update(stack, { parameters, tags: null, token: null, who: 'sam' });
    world.advance(15 * 60);
    expect((await signals()).map(({ service }) => service)).toEqual(['mailer']);
    expect(await adapter.monitors.signal(HTTP)).toBeNull();
  });

  function serviceOf(name: string) {
    const found = world.state.services.find((one) => one.name === name);
    if (found === undefined) throw new Error(`no service ${name}`);
    return found;
  }
});

describe('what may come', () => {
  test('problems of several pages, each once', async () => {
    const MANY = 1_230;
    await startWith(({ data }, query) => {
      if (query.get('query') !== 'servicelist') return;
      const [first] = Object.values(data.servicelist as Record<string, Record<string, Answer>>);
      const start = Number(query.get('start'));
      const until = Math.min(MANY, start + Number(query.get('count')));
      const page = Array.from({ length: until - start }, (_, index) => `check ${start + index}`);
      // What moved while it was read stands on two pages.
      if (start > 0) page[0] = 'check 0';
      const one = first?.HTTP ?? SERVICE;
      data.servicelist = {
        web: Object.fromEntries(page.map((name) => [name, { ...one, host_name: 'web', description: name }])),
      };
    });
    const ids = (await signals()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toHaveLength(MANY - 2);
    expect(asked().filter((one) => one === LIST)).toHaveLength(3);
  });

  test('a status that is not known is kept as it is', async () => {
    await startWith(({ data }, query) => {
      if (query.get('query') === 'servicelist') {
        data.servicelist = {
          web: { queue: { ...SERVICE, status: 'degraded\u001b[2J', state_type: 'firm' } },
        };
      }
    });
    const [one]: readonly (Signal | undefined)[] = await signals();
    expect(one).toMatchObject({ id: 'web;queue', severity: 'degraded␛[2J', service: null, squad: null });
  });

  test('a daemon that was killed leaves its last state: that is not the present', async () => {
    await startWith(({ result }) => {
      result.last_data_update = Number(result.query_time) - 6 * MINUTE;
    });
    await expect(signals()).rejects.toMatchObject({
      code: 'server_error',
      message: expect.stringContaining('for 6 minutes: its daemon is dead'),
    });
    await expect(acknowledge()).rejects.toMatchObject({ code: 'server_error' });
    expect(host.log.all().some(({ mutation }) => mutation)).toBe(false);
    expect(adapter.systems.health()).toContainEqual(expect.objectContaining({ name: 'nagios', ok: false }));
  });

  test('an expired password, a page of a proxy, a rate limit of the web server, a broken one', async () => {
    fault(LIST, { fault: 'status', status: 401 }, 2);
    await expect(signals()).rejects.toMatchObject({ code: 'unauthorized' });
    host.faults.clear();
    fault(LIST, { fault: 'garbage' });
    await expect(signals()).rejects.toMatchObject({ code: 'unreadable' });
    fault(LIST, { fault: 'status', status: 403 });
    await expect(signals()).rejects.toMatchObject({ code: 'forbidden' });
    fault(LIST, { fault: 'status', status: 503 }, 3);
    await expect(signals()).rejects.toMatchObject({ code: 'server_error' });
    fault(LIST, { fault: 'status', status: 429, headers: { 'Retry-After': '600' } });
    await expect(signals()).rejects.toMatchObject({ code: 'rate_limited' });
  });
});

describe('a command', () => {
  test('is sent once, whatever becomes of its answer', async () => {
    fault(COMMIT, { fault: 'reset_after' });
    await expect(acknowledge()).rejects.toMatchObject({ code: 'reset', mayHaveHappened: true });
    expect(asked().filter((one) => one === COMMIT)).toHaveLength(1);
    world.advance(3);
    expect(await adapter.monitors.signal(HTTP)).toMatchObject({ acknowledged: true, acknowledgedBy: SAM });
  });

  test('is not sent where the form does not come', async () => {
    fault(FORM, { fault: 'garbage' });
    await expect(acknowledge()).rejects.toMatchObject({ code: 'unreadable' });
    fault(FORM, { fault: 'status', status: 404 });
    await expect(acknowledge()).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('folder of the CGIs'),
    });
    expect(asked()).not.toContain(COMMIT);
  });

  test('is unknown where a page comes that tells neither success nor error', async () => {
    fault(COMMIT, { fault: 'garbage' });
    await expect(acknowledge()).rejects.toMatchObject({ code: 'unreadable', mayHaveHappened: true });
  });

  test('to assign is refused before anything is sent', async () => {
    const change = { kind: 'assign', id: HTTP, squad: 'billing' } as const;
    await expect(adapter.monitors.change(change, SAM)).rejects.toMatchObject({ code: 'invalid' });
    expect(adapter.monitors.can).toEqual(['acknowledge', 'downtime']);
    expect(asked()).toEqual([]);
  });
});

const SERVICE = {
  host_name: 'web',
  description: 'queue',
  status: 'critical',
  state_type: 'hard',
  plugin_output: 'too long',
  current_attempt: 1,
  max_attempts: 1,
  last_state_change: Date.parse('2026-11-17T03:00:00Z') + SECOND,
  problem_has_been_acknowledged: false,
  scheduled_downtime_depth: 0,
};
