import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PracticeWorld } from '../../support/practice.ts';
import { Home, type Ran, runOncall } from '../../support/run-oncall.ts';

let world: PracticeWorld;
let home: Home;

beforeAll(async () => {
  home = new Home();
  world = await PracticeWorld.start();
});
afterAll(async () => {
  await world.stop();
  home.remove();
});

const run = (line: string, env: Record<string, string> = {}): Promise<Ran> =>
  runOncall([...line.split(' '), '--config', world.config], { ...home.env, ...env });

const RFC3339 = expect.stringMatching(/^2026-11-1\dT\d\d:\d\d:\d\dZ$/);
const HEAD = { schema: 1, practice: true, at: RFC3339 };
const READING = {
  source: expect.any(String),
  taken_at: RFC3339,
  age_s: expect.any(Number),
  stale: false,
  error: null,
};

async function json(line: string): Promise<unknown> {
  const { exit, stdout, stderr } = await run(line);
  expect(stderr).toBe('');
  expect(stdout.endsWith('\n')).toBe(true);
  expect({ exit, lines: stdout.trimEnd().split('\n').length }).toMatchObject({ lines: 1 });
  return JSON.parse(stdout);
}

describe('status', () => {
  test('--all --json: everything with its age, the suspect found, exit 2', async () => {
    const status = await json('status --all --json');
    expect(status).toMatchObject({
      ...HEAD,
      exit: 2,
      incidents: {
        ...READING,
        source: 'pagerduty',
        value: expect.arrayContaining([
          expect.objectContaining({
            id: expect.any(String),
            status: 'triggered',
            urgency: 'high',
            title: '5xx above 2%',
            service: 'charge-central',
            squad: 'billing',
            triggered_at: '2026-11-17T03:08:00Z',
            assignees: [{ id: 'PSAM001', name: 'Sam Okafor', email: 'sam@harbour.example' }],
            suspect: { version: '1.0.283', minutes_before: 6, who: expect.any(String) },
          }),
        ]),
      },
      oncall: {
        ...READING,
        value: {
          duty: {
            role: 'owl',
            person: { id: 'PSAM001' },
            until: '2026-11-17T09:00:00Z',
            time_zone: 'Europe/London',
          },
        },
      },
    });
    const { systems } = status as { systems: { name: string; ok: boolean | null; error: unknown }[] };
    const asked = systems.filter(({ ok }) => ok !== null);
    expect(asked.map(({ name, ok, error }) => [name, ok, error]).sort()).toEqual([
      ['aws', true, null],
      ['buildkite', true, null],
      ['docker', true, null],
      ['github', true, null],
      ['pagerduty', true, null],
      ['splunk', true, null],
    ]);
    expect((await run('status --json')).exit).toBe(2);
  });

  test('for a person: PRACTICE, who is on duty, worst first', async () => {
    const { exit, stdout } = await run('status', { TZ: 'Europe/London' });
    expect(exit).toBe(2);
    expect(stdout).toMatch(/PRACTICE prod {2}2 triggered {2}1 acked {3}Owl: you, until 09:00\n/);
    expect(stdout.indexOf('charge-central')).toBeLessThan(stdout.indexOf('mailer'));
  });

  test('of one squad, of mine, and of nobody', async () => {
    expect((await run('status --squad messaging')).exit).toBe(1);
    expect((await run('status --squad storefront')).exit).toBe(0);
    expect((await run('status --mine')).exit).toBe(2);
    expect((await run('status --mine', { ONCALL_USER_EMAIL: 'dora@harbour.example' })).exit).toBe(0);
  });

  test('--short reads the snapshot only', async () => {
    await run('status');
    const asked = (await world.requests()).length;
    expect(await run('status --short')).toMatchObject({
      exit: 2,
      stdout: 'PRACTICE 2 triggered 1 acked\n',
      stderr: '',
    });
    expect((await world.requests()).length).toBe(asked);
    const elsewhere = await run('status --short', { XDG_STATE_HOME: `${home.folder}/elsewhere` });
    expect(elsewhere).toMatchObject({ exit: 3, stdout: '?\n' });
  });
});

test('incidents --json', async () => {
  const { incidents } = (await json('incidents --json')) as {
    incidents: { service: string; suspect: unknown }[];
  };
  expect(incidents.map(({ service }) => service).sort()).toEqual(['charge-central', 'ledger-api', 'mailer']);
  expect(incidents.at(-1)?.service).toBe('mailer');
  expect(incidents.find(({ service }) => service === 'charge-central')?.suspect).toMatchObject({
    version: '1.0.283',
    minutes_before: 6,
  });
});

test('deploys --json', async () => {
  const document = (await json('deploys charge-central --json')) as { deploys: unknown[] };
  expect(document).toMatchObject({ ...HEAD, reading: { ...READING, source: 'aws' } });
  expect(document.deploys[0]).toMatchObject({
    service: 'charge-central',
    env: 'prod',
    version: '1.0.283',
    status: 'succeeded',
    started_at: '2026-11-17T02:56:17Z',
    duration_s: 343,
    who: expect.stringMatching(/dora/i),
    reference: '#412',
    source: 'cloudformation',
    sources: ['cloudformation', 'buildkite'],
    url: 'https://buildkite.com/harbour/charge-central/builds/412',
    waiting: null,
    suspect: true,
  });
  expect(document.deploys[1]).toMatchObject({ version: '1.0.282', suspect: false });
  expect(document).toMatchObject({ coming: [{ service: 'charge-central', version: '1.0.284' }] });
});

test('deploys of a service whose pipeline does not let us in: what the stack tells, and who is missing', async () => {
  await world.fault({ system: 'bamboo', fault: 'status', status: 401, times: 1 });
  const { exit, stdout, stderr } = await run('deploys cart');
  expect({ exit, lines: stdout.split('\n').length > 4 }).toEqual({ exit: 0, lines: true });
  expect(stderr).toMatch(/^oncall: what only bamboo knows of deploys is left out: .*token.*\n$/);
});

test('coming --json, and for a person', async () => {
  const document = (await json('coming --json')) as { coming: unknown[] };
  expect(document).toMatchObject({ ...HEAD, reading: { ...READING, source: 'leankit' } });
  expect(document.coming.at(-1)).toEqual({
    id: expect.any(String),
    service: 'charge-central',
    version: '1.0.284',
    title: 'Round cents half-even',
    who: 'Dora Lindqvist',
    lane: 'Deploy',
    since: '2026-11-17T01:04:00Z',
    url: expect.stringMatching(/^http.*\/card\/\d+$/),
  });
  const { exit, stdout } = await run('coming');
  expect(exit).toBe(0);
  expect(stdout).toMatch(/^charge-central +1\.0\.284 +2h +Dora Lindqvist +Round cents half-even$/m);
  expect(stdout).toMatch(/^– +– +yesterday +– +Rotate the certificate/m);
});

test('fleet --json', async () => {
  const { groups } = (await json('fleet charge-central --json')) as { groups: { instances: unknown[] }[] };
  expect(groups[0]).toMatchObject({
    name: expect.stringMatching(/^charge-central-1-0-283-[0-9a-f]{6}$/),
    env: 'prod',
    desired: 3,
    in_service: 3,
    versions: { parameter: '1.0.283', launch: '1.0.283', tag: '1.0.283', running: ['1.0.283'] },
  });
  expect(groups[0]?.instances).toHaveLength(3);
  expect(groups[0]?.instances[0]).toMatchObject({
    id: expect.stringMatching(/^i-/),
    az: expect.stringMatching(/^eu-west-1/),
    lifecycle: 'InService',
    health: expect.any(String),
    containers: expect.arrayContaining([
      {
        name: 'charge-central',
        image: expect.stringContaining('charge-central:1.0.283'),
        state: expect.any(String),
        health: expect.anything(),
        restarts: expect.any(Number),
      },
    ]),
  });
});

test('logs --json: one object a line', async () => {
  const { exit, stdout } = await run('logs charge-central --since 1m --grep NoMethodError --json');
  expect(exit).toBe(0);
  const lines = stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(lines.length).toBeGreaterThan(0);
  for (const line of lines) {
    expect(line).toMatchObject({
      at: expect.stringMatching(/^2026-11-17T03:1\d:\d\d\.\d{3}Z$/),
      indexed_at: expect.stringMatching(/Z$/),
      level: 'error',
      message: expect.stringContaining('NoMethodError'),
      instance: expect.stringMatching(/^i-/),
      version: '1.0.283',
      late: false,
    });
  }
});

test('logs --patterns --json: what is new since the suspect deploy first, with its beginning', async () => {
  const document = (await json('logs charge-central --patterns --json')) as {
    patterns: { template: string; new: boolean; news: string; count: number; trend: number[] }[];
  };
  expect(document).toMatchObject({
    ...HEAD,
    lines_dropped: 0,
    deploy: { version: '1.0.283', started_at: RFC3339 },
    baseline: { from: RFC3339, to: RFC3339 },
  });
  const { patterns } = document;
  expect(patterns[0]).toMatchObject({
    id: expect.stringMatching(/^[0-9a-f]{12}$/),
    new: true,
    news: 'new',
    times: null,
    onset_at: RFC3339,
    level: 'error',
    versions: ['1.0.283'],
    first_at: RFC3339,
    last_at: RFC3339,
  });
  const found = patterns.filter((pattern) => pattern.new).map(({ template }) => template);
  expect(found).toContain('NoMethodError: undefined method <*> for nil:NilClass');
  const known = patterns.find(({ template }) => template.startsWith('Finished job'));
  expect(known).toMatchObject({ new: false, news: 'known', onset_at: null });
  expect(known?.trend).toHaveLength(10);
});

test('logs --patterns --json: of a span that is too long to be read, what the log system counts of all of it', async () => {
  const { stdout, stderr } = await run('logs charge-central --patterns --since 2h --json');
  expect(stderr).toContain('only the newest 10000 lines');
  const document = JSON.parse(stdout) as {
    whole: { patterns: { count: number }[] };
    lines_read: number;
  };
  expect(document).toMatchObject({ whole: { complete: true, error: null } });
  const counted = document.whole.patterns.reduce((sum, { count }) => sum + count, 0);
  expect(counted).toBeGreaterThan(document.lines_read);
  expect(document.whole.patterns[0]).toMatchObject({
    text: expect.any(String),
    level: expect.any(String),
    first_at: RFC3339,
    last_at: RFC3339,
    versions: expect.arrayContaining(['1.0.283']),
  });
});

describe('what was typed wrong: one line, exit 64, nothing asked', () => {
  test.each([
    ['stauts', "unknown command 'stauts'. Did you mean status? See oncall --help"],
    ['status --jsn', "unknown option '--jsn' (Did you mean --json?). See oncall status --help"],
    ['status --squad biling', "there is no squad 'biling'. Did you mean billing?"],
    ['status --env pord', "there is no environment 'pord'. Did you mean prod?"],
    ['status --short --all', '--short reads the last snapshot only: it has no --all.'],
    ['fleet charge-centrl', "there is no service 'charge-centrl'. Did you mean charge-central?"],
    ['fleet', "missing required argument 'service'. See oncall fleet --help"],
    [
      'logs mailer -f --patterns',
      '-f and --patterns do not go together: patterns are counted over a time that has passed.',
    ],
    ['logs --squad billing', 'several services are followed: add -f, or name one service.'],
    ['logs mailer --squad billing -f', '--squad stands for its services: name either services or a squad.'],
    ['logs mailer --since soon', "--since 'soon' is no duration: write 30s, 15m, 2h or 1d."],
  ])('%s', async (line, said) => {
    const asked = (await world.requests()).length;
    expect(await run(line)).toEqual({ exit: 64, stdout: '', stderr: `oncall: ${said}\n` });
    expect((await world.requests()).length).toBe(asked);
  });

  test('a token that is missing is told with its place', async () => {
    const { exit, stderr } = await run('status', { ONCALL_SYSTEMS__PAGERDUTY__TOKEN__FILE: 'gone.token' });
    expect(exit).toBe(64);
    expect(stderr).toMatch(/^oncall: pagerduty: systems\.pagerduty\.token: .*there is no file .*gone\.token/);
  });
});

test('help and the version are data, and print without a configuration', async () => {
  const bare = (line: string) => runOncall(line.split(' '), home.env);
  expect(await bare('--version')).toMatchObject({
    exit: 0,
    stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
  });
  expect((await bare('--help')).stdout).toContain('What is burning');
  expect((await bare('help logs')).stdout).toContain('oncall logs charge-central -f');
  expect(await bare('status')).toMatchObject({ exit: 64, stderr: expect.stringContaining('oncall demo') });
  const schema = JSON.parse((await bare('config --schema')).stdout);
  expect(schema.properties).toHaveProperty('default_environment');
});

test('config prints what is in force and no secrets', async () => {
  const { exit, stdout } = await run('config', { ONCALL_TRIBE: 'Other' });
  expect(exit).toBe(0);
  expect(stdout).toMatch(/^tribe +Other +\$ONCALL_TRIBE$/m);
  expect(stdout).toMatch(/^systems\.pagerduty\.token\.file +pagerduty\.token +oncall\.yaml:\d+:\d+$/m);
});

describe('who', () => {
  test('--json: the duty with its end, every squad with its levels, nobody where nobody is', async () => {
    const who = await json('who --json');
    expect(who).toMatchObject({
      ...HEAD,
      reading: READING,
      duty: {
        role: 'owl',
        person: { id: 'PSAM001' },
        until: '2026-11-17T09:00:00Z',
        time_zone: 'Europe/London',
        holiday: null,
      },
      squads: expect.arrayContaining([
        {
          squad: 'billing',
          levels: expect.arrayContaining([
            expect.objectContaining({ level: 1, until: '2026-11-23T09:00:00Z' }),
          ]),
        },
      ]),
    });
    const { squads } = who as { squads: { squad: string; levels: { level: number }[] }[] };
    expect(squads.find(({ squad }) => squad === 'identity')?.levels.map(({ level }) => level)).toEqual([
      2, 3,
    ]);
  });

  test('for people: one squad beside the duty; an unknown one is told the nearest', async () => {
    const { exit, stdout } = await run('who identity');
    expect(exit).toBe(0);
    expect(stdout).toMatch(/Owl +you, until 09:00 +then Niamh Byrne/);
    expect(stdout).toMatch(/Identity +nobody at level 1 +level 2: Elif Demir/);
    expect(stdout).not.toContain('Billing');
    expect(await run('who idenity')).toMatchObject({
      exit: 64,
      stderr: expect.stringContaining('identity?'),
    });
  });
});

describe('the suggested squad', () => {
  test('of an incident that Owl has: its service’s; of a ticket that another squad has', async () => {
    const { incidents } = (await json('incidents --json')) as { incidents: { service: string }[] };
    const { signals } = (await json('signals --json')) as { signals: { title: string }[] };
    expect(incidents.find(({ service }) => service === 'charge-central')).toMatchObject({
      suggested_squad: { squad: 'billing', reason: 'service charge-central belongs to Billing' },
    });
    expect(signals.find(({ title }) => title === 'Customers cannot pay by card')).toMatchObject({
      squad: 'storefront',
      suggested_squad: { squad: 'billing', reason: 'service charge-central belongs to Billing' },
    });
    expect(signals.find(({ title }) => title.startsWith('Cannot pay'))).toMatchObject({
      suggested_squad: null,
    });
  });

  test('stands in the error of a re-route that names none', async () => {
    const { incidents } = (await json('incidents --json')) as {
      incidents: { id: string; service: string }[];
    };
    const id = incidents.find(({ service }) => service === 'charge-central')?.id ?? '';
    const { exit, stderr } = await run(`reroute ${id}`);
    expect({ exit, stderr }).toMatchObject({
      exit: 64,
      stderr: expect.stringContaining(`oncall reroute ${id} billing  (suggested: service charge-central`),
    });
  });
});
