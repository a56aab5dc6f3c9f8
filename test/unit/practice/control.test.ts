import { afterEach, beforeEach, expect, test } from 'vitest';
import { serveControl } from '../../../src/practice/control.ts';
import { Host } from '../../../src/practice/host.ts';
import { pagerDutyServer } from '../../../src/practice/servers/pagerduty/index.ts';
import type { RunningServer } from '../../../src/practice/servers/server.ts';
import { createWorld } from '../../../src/practice/world/create.ts';
import type { World } from '../../../src/practice/world/world.ts';

interface WorldView {
  readonly now: string;
  readonly incidents: readonly { readonly id: string; readonly status: string; readonly service: string }[];
  readonly stacks: readonly {
    readonly name: string;
    readonly status: string;
    readonly parameters: Record<string, string>;
  }[];
  readonly instances: readonly object[];
  readonly containers: readonly object[];
  readonly deploys: readonly {
    readonly service: string;
    readonly status: string;
    readonly version: string;
  }[];
}

let world: World;
let host: Host;
let control: RunningServer;
beforeEach(async () => {
  world = createWorld({ scenario: 'bad-deploy', seed: 1, speed: 1 });
  host = new Host(world);
  control = await serveControl(world, host);
});
afterEach(async () => {
  await control.close();
  await host.close();
  world.stop();
});

const post = async (path: string, body: unknown) => {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(`${control.url}${path}`, { method: 'POST', body: text });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
};
const look = async () => (await (await fetch(`${control.url}/world`)).json()) as WorldView;

test('tells the world as it is, the newest incident first', async () => {
  const { now, incidents, stacks, instances, containers, deploys } = await look();
  expect(now).toMatch(/^2026-11-17T03:12:\d\dZ$/);
  expect(incidents.slice(0, 3).map(({ service, status }) => `${service} ${status}`)).toEqual([
    'ledger-api triggered',
    'charge-central triggered',
    'mailer acknowledged',
  ]);
  const stack = stacks.find((one) => one.name === 'charge-central');
  expect(stack).toMatchObject({
    status: 'UPDATE_COMPLETE',
    parameters: { ImageTag: '1.0.283', DesiredCapacity: '3' },
  });
  expect([instances.length, containers.length]).toEqual([80, 400]);
  expect(deploys[0]).toMatchObject({ service: 'charge-central', version: '1.0.283', status: 'succeeded' });
});

test('tells what was asked of the systems, not of itself', async () => {
  const { url } = await host.serve(pagerDutyServer());
  await fetch(`${url}/users/me`);
  const { requests } = (await (await fetch(`${control.url}/requests`)).json()) as { requests: object[] };
  expect(requests).toMatchObject([
    { n: 1, system: 'pagerduty', operation: 'GET /users/me', mutation: false, status: 401 },
  ]);
});

test('orders faults and calls them off', async () => {
  const { url } = await host.serve(pagerDutyServer());
  const ordered = await post('/faults', {
    system: 'pagerduty',
    match: { operation: 'GET /users/me' },
    fault: 'status',
    status: 502,
    times: 3,
  });
  expect(ordered).toEqual({ status: 200, body: { id: expect.any(String) } });
  expect((await fetch(`${url}/users/me`)).status).toBe(502);
  await fetch(`${control.url}/faults`, { method: 'DELETE' });
  expect((await fetch(`${url}/users/me`)).status).toBe(401);
});

test('skips time', async () => {
  const { status, body } = await post('/clock', { advance_s: 3600 });
  expect([status, body.now]).toEqual([200, expect.stringMatching(/^2026-11-17T04:12:\d\dZ$/)]);
});

test('makes things happen: an incident, log lines, a deploy', async () => {
  const { body } = await post('/events', {
    kind: 'incident',
    service: 'cart',
    title: 'slow',
    urgency: 'low',
  });
  expect((await look()).incidents[0]).toMatchObject({ id: body.id, service: 'cart', status: 'triggered' });
  const said = { kind: 'log', service: 'cart', message: 'the cart is on fire', level: 'error', count: 3 };
  expect((await post('/events', said)).body).toEqual({ lines: 3 });
  await post('/clock', { advance_s: 10 });
  const found = world.logs.lines({
    service: 'cart',
    environment: 'prod',
    from: world.now() - 60_000,
    to: world.now(),
    contains: 'on fire',
    limit: 10,
  });
  expect(found).toHaveLength(3);
  const deploy = { kind: 'deploy', service: 'charge-central', version: '1.0.282' };
  expect((await post('/events', deploy)).body).toEqual({
    stack: 'charge-central',
    status: 'UPDATE_IN_PROGRESS',
  });
  expect((await look()).deploys[0]).toMatchObject({ version: '1.0.282', status: 'in_progress' });
});

test.each([
  ['/faults', { system: 'pager', fault: 'hang', times: 1 }, 'system'],
  ['/faults', { system: 'aws', fault: 'explode', times: 1 }, 'fault'],
  ['/faults', '{', 'not JSON'],
  ['/clock', { advance_s: -1 }, 'advance_s'],
  ['/clock', { advance: 1 }, 'advance'],
  ['/events', { kind: 'party' }, "'incident' | 'log' | 'deploy' | 'image_gone'"],
  ['/events', { kind: 'incident', service: 'nope', title: 'x' }, 'No service nope'],
  ['/events', { kind: 'deploy', service: 'cart', version: '99.0.0' }, 'No image cart:99.0.0'],
  ['/events', { kind: 'image_gone', service: 'cart', version: '99.0.0' }, 'No image cart:99.0.0'],
  [
    '/events',
    { kind: 'deploy', service: 'charge-central', version: '1.0.283', who: 'dora', build: 412 },
    'No updates',
  ],
])('POST %s %j is refused with a reason', async (path, body, reason) => {
  const { status, body: answer } = await post(path, body);
  expect([status, JSON.stringify(answer)]).toEqual([400, expect.stringContaining(reason)]);
});

test('an unknown path names those that there are', async () => {
  const response = await fetch(`${control.url}/worlds`);
  expect(response.status).toBe(404);
  expect(await response.text()).toContain('GET /world');
});
