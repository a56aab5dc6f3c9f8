import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { PracticeWorld } from '../support/practice.ts';
import { Home, type Ran, runOncall } from '../support/run-oncall.ts';

let home: Home;
let practice: PracticeWorld | undefined;

beforeEach(() => {
  home = new Home();
});

afterEach(async () => {
  await practice?.stop();
  practice = undefined;
  home.remove();
});

async function world(...args: readonly string[]): Promise<PracticeWorld> {
  practice = await PracticeWorld.start(...args);
  return practice;
}

const oncall = (line: string, env: Record<string, string> = {}): Promise<Ran> =>
  runOncall([...line.split(' '), '--config', practice?.config ?? ''], { ...home.env, ...env });

async function json(line: string): Promise<unknown> {
  const { stdout, stderr } = await oncall(line);
  expect(stdout.trimEnd().split('\n'), stderr).toHaveLength(1);
  return JSON.parse(stdout);
}

const TIME = expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
const HEAD = { schema: 1, practice: true, at: TIME };
const READING = { source: 'pagerduty', taken_at: TIME, age_s: expect.any(Number), stale: false, error: null };

describe('a night by commands alone', () => {
  test('see, own, route, look before the leap, undo, and hand over', async () => {
    const running = await world('--speed', '60');
    const charge = (await running.incident('charge-central')).id;
    const ledger = (await running.incident('ledger-api')).id;

    // See.
    const seen = await oncall('status');
    expect(seen).toMatchObject({ exit: 2, stderr: '' });
    expect(seen.stdout).toMatch(/PRACTICE prod {2}2 triggered {2}1 acked/);
    expect(await json('status --json')).toMatchObject({
      ...HEAD,
      exit: 2,
      incidents: {
        ...READING,
        value: expect.arrayContaining([
          expect.objectContaining({
            id: charge,
            status: 'triggered',
            urgency: 'high',
            title: '5xx above 2%',
            service: 'charge-central',
            squad: 'billing',
            triggered_at: '2026-11-17T03:08:00Z',
            assignees: [expect.objectContaining({ name: 'Sam Okafor' })],
          }),
        ]),
      },
      oncall: READING,
      systems: expect.arrayContaining([
        { name: 'pagerduty', ok: true, age_s: expect.any(Number), error: null },
        { name: 'aws', ok: null, age_s: null, error: null },
      ]),
    });

    // Own.
    expect(await oncall(`ack ${charge}`)).toEqual({
      exit: 0,
      stdout: 'Acknowledged by Sam Okafor: charge-central: 5xx above 2%.\n',
      stderr: '',
    });

    // Route: first who will be paged, and nothing sent; then with a yes.
    const asked = await oncall(`reroute ${ledger} ledger`);
    expect(asked).toMatchObject({ exit: 5, stdout: '' });
    expect(asked.stderr).toContain('Paged at once (level 1): Mei Tanaka');
    expect(await running.mutations('pagerduty')).toEqual(['PUT /incidents']);
    const routed = await printedCommand(asked);
    expect(routed.exit, routed.stderr).toBe(0);
    expect(routed.stdout).toBe('ledger-api: DLQ not empty is with Ledger now; paged: Mei Tanaka.\n');

    // Look before the leap: it executes nothing and leaves nothing behind.
    expect(await json('rollback charge-central --env prod --plan --json')).toEqual({
      ...HEAD,
      plan: {
        hash: expect.stringMatching(/^[0-9a-f]{16}$/),
        service: 'charge-central',
        env: 'prod',
        from: '1.0.283',
        to: '1.0.282',
        checks: expect.arrayContaining([
          { id: 'image-exists', result: 'pass', text: expect.stringContaining('1.0.282 is in the registry') },
        ]),
        changes: expect.arrayContaining([expect.stringContaining('AWS::AutoScaling::AutoScalingGroup')]),
      },
    });
    const planned = await oncall('rollback charge-central --env prod --plan');
    expect(planned.exit).toBe(0);
    expect(planned.stdout).not.toContain('WARN');
    const made = ['CreateChangeSet', 'DeleteChangeSet'];
    expect(await running.mutations('aws')).toEqual([...made, ...made]);

    // Undo, by the line that the plan printed.
    const undone = await printedCommand(planned);
    expect(undone.exit, undone.stderr).toBe(0);
    expect(undone.stdout).toMatch(/^charge-central in prod is back at 1\.0\.282: /);
    expect(undone.stderr).toMatch(/UPDATE_IN_PROGRESS {2}LaunchTemplate/);
    expect(undone.stderr).toMatch(/UPDATE_COMPLETE {2}charge-central/);
    expect(undone.stderr).toMatch(/\d of 3 signals, at most until \d\d:\d\d UTC/);
    expect((await running.mutations('aws')).filter((name) => name === 'ExecuteChangeSet')).toHaveLength(1);

    // It heals: what the bad version caused ends on its own; the rest is acknowledged.
    await expect.poll(async () => (await oncall('status')).exit, { timeout: 30_000, interval: 500 }).toBe(1);
    expect((await oncall('status')).stdout).toMatch(/0 triggered {2}1 acked/);

    // Hand over.
    const states = ['planned', 'sending', 'sent', 'confirmed'].map((state) =>
      expect.objectContaining({ state, at: TIME }),
    );
    const who = 'sam@harbour.example';
    const intent = (own: object) => ({ id: expect.any(String), state: 'confirmed', at: TIME, who, ...own });
    const { intents } = (await json('journal --json')) as { intents: unknown[] };
    expect(intents).toMatchObject([
      intent({
        action: 'acknowledge',
        service: 'charge-central',
        env: null,
        from: 'triggered',
        to: 'acknowledged',
        token: null,
        history: states,
      }),
      intent({
        action: 'reroute',
        service: 'ledger-api',
        env: null,
        to: 'ledger',
        token: null,
        history: states,
      }),
      intent({
        action: 'rollback',
        service: 'charge-central',
        env: 'prod',
        from: '1.0.283',
        to: '1.0.282',
        token: expect.stringMatching(/^oncall-sam-/),
        history: states,
      }),
    ]);
    const told = await oncall('journal');
    expect(told.stdout.trimEnd().split('\n')).toHaveLength(3);
    expect(await running.mutations('pagerduty')).toEqual([
      'PUT /incidents',
      'PUT /incidents',
      'POST /incidents/{id}/notes',
      'POST /incidents/{id}/notes',
      'POST /v2/change/enqueue',
    ]);
  }, 120_000);

  /** The last line of what was told is the command that does it. */
  function printedCommand({ stderr }: Ran): Promise<Ran> {
    const line = stderr.trimEnd().split('\n').at(-1)?.trim() ?? '';
    expect(line).toMatch(/^oncall --config /);
    return runOncall(line.split(' ').slice(1), home.env);
  }
});

describe('status', () => {
  test('of mine, of a squad, of another environment', async () => {
    await world();
    const count = async (line: string, env = {}) => {
      const { exit, stdout } = await oncall(line, env);
      return [exit, /\d triggered {2}\d acked|nothing open/.exec(stdout)?.[0]];
    };
    expect(await count('status --mine')).toEqual([2, '2 triggered  1 acked']);
    expect(await count('status --mine', { ONCALL_USER_EMAIL: 'dora@harbour.example' })).toEqual([
      0,
      'nothing open',
    ]);
    expect(await count('status --squad billing')).toEqual([2, '1 triggered  0 acked']);
    expect(await count('status --squad messaging')).toEqual([1, '0 triggered  1 acked']);
    expect(await count('status --squad storefront')).toEqual([0, 'nothing open']);
    const elsewhere = await oncall('status --env test');
    expect(elsewhere).toMatchObject({ exit: 2, stderr: '' });
    expect(elsewhere.stdout).toMatch(/PRACTICE test /);
    expect(await json('status --env test --json')).toMatchObject({ ...HEAD, env: 'test' });
  });

  test('--short never says that all is well by an old snapshot', async () => {
    const running = await world();
    const never = await oncall('status --short');
    expect(never).toMatchObject({ exit: 3, stdout: '?\n', stderr: '' });

    await oncall('status');
    const before = (await running.requests()).length;
    expect(await oncall('status --short')).toMatchObject({
      exit: 2,
      stdout: 'PRACTICE 2 triggered 1 acked\n',
    });
    expect(await oncall('status --short --squad storefront')).toMatchObject({
      exit: 0,
      stdout: 'PRACTICE ok\n',
    });

    snapshotIsOlderBy(130_000);
    expect(await oncall('status --short --squad storefront')).toMatchObject({
      exit: 3,
      stdout: 'PRACTICE ? 2m\n',
    });
    const old = await oncall('status --short');
    expect(old).toMatchObject({ exit: 3, stdout: 'PRACTICE ? 2m (2 triggered 1 acked)\n', stderr: '' });
    expect(await json('status --short --json')).toMatchObject({ exit: 3, incidents: { stale: true } });
    expect(await running.requests()).toHaveLength(before);
  });

  function snapshotIsOlderBy(ms: number): void {
    const root = join(home.folder, 'state', 'oncall');
    const [folder = ''] = readdirSync(root);
    const name = readdirSync(join(root, folder)).find((each) => each.startsWith('snapshot-')) ?? '';
    const file = join(root, folder, name);
    const snapshot = JSON.parse(readFileSync(file, 'utf8'));
    for (const reading of [snapshot.incidents, snapshot.onCall]) {
      reading.receivedAt -= ms;
      reading.takenAt -= ms;
    }
    writeFileSync(file, JSON.stringify(snapshot));
  }
});
