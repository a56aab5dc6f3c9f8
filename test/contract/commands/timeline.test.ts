import { afterAll, beforeAll, expect, test } from 'vitest';
import { openLogMarks } from '../../../src/config/log-marks.ts';
import { stateFolderOf } from '../../../src/config/state.ts';
import { ownText } from '../../../src/model/safe-text.ts';
import { PracticeWorld } from '../../support/practice.ts';
import { Home, type Ran, runOncall } from '../../support/run-oncall.ts';

let world: PracticeWorld;
let home: Home;
let incident: string;

beforeAll(async () => {
  home = new Home();
  world = await PracticeWorld.start();
  incident = (await world.incident('charge-central')).id;
  await run(`ack ${incident}`);
  await run(`note ${incident} looking|at|it`);
});
afterAll(async () => {
  await world.stop();
  home.remove();
});

const DOWN = 'http://127.0.0.1:9';
const run = (line: string, env: Record<string, string> = {}): Promise<Ran> =>
  runOncall([...line.split(' '), '--config', world.config], { ...home.env, ...env });

async function kinds(env: Record<string, string> = {}) {
  const { exit, stdout, stderr } = await run(`timeline ${incident} --json`, env);
  const document = JSON.parse(stdout);
  const events: { kind: string; source: string; at: string }[] = document.events;
  return { exit, stderr, document, events, told: [...new Set(events.map(({ kind }) => kind))] };
}

test('--json: deploy, onset, page, ack and note, in order', async () => {
  const { exit, stderr, document, events, told } = await kinds();
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  expect(document).toMatchObject({
    schema: 1,
    practice: true,
    incident,
    service: 'charge-central',
    env: 'prod',
  });
  expect(told).toEqual([
    'deploy_start',
    'group_made',
    'launch',
    'signals',
    'switched',
    'terminate',
    'group_deleted',
    'deploy_end',
    'log_onset',
    'trigger',
    'assign',
    'page',
    'ack',
    'note',
  ]);
  expect(events[0]).toEqual({
    at: '2026-11-17T02:56:17Z',
    kind: 'deploy_start',
    who: 'dora',
    text: 'Deploy of charge-central 1.0.283 in prod (#412) began',
    source: 'cloudformation',
    url: 'https://buildkite.com/harbour/charge-central/builds/412',
  });
  expect(document.recovery).toEqual({
    triggered_at: '2026-11-17T03:08:00Z',
    acknowledged_at: expect.stringMatching(/^2026-11-17T03:1/),
    mitigated_at: null,
    mitigated_by: null,
    resolved_at: null,
    to_acknowledge_s: expect.any(Number),
    to_mitigate_s: null,
    to_resolve_s: null,
  });
  expect(events.map(({ at }) => at)).toEqual(events.map(({ at }) => at).toSorted());
});

test('--md: opens a post-mortem; text from outside makes no table of its own', async () => {
  const { exit, stdout } = await run(`timeline ${incident} --md`);
  expect(exit).toBe(0);
  expect(stdout).toMatch(/^# charge-central: 5xx above 2%\n/);
  expect(stdout).toContain('- **Triggered**: 2026-11-17 03:08 UTC\n');
  expect(stdout).toContain('| 2026-11-17 03:02:00 | deploy end |');
  expect(stdout).toContain('- **Suspect**: 1.0.283, deployed by dora, 6 min before the trigger\n');
  expect(stdout).toContain('- **Mitigated**: not known\n- **Resolved**: not yet\n');
  expect(stdout).toContain(String.raw`looking\|at\|it`);
});

test('a system that is down leaves its part out and is named', async () => {
  const logs = await kinds({ ONCALL_SYSTEMS__SPLUNK__URL: DOWN });
  expect(logs.exit).toBe(0);
  expect(logs.told).not.toContain('log_onset');
  expect(logs.stderr).toMatch(/^oncall: left out: the first errors in the logs: splunk: /);
  const pages = await kinds({ ONCALL_SYSTEMS__PAGERDUTY__URL: DOWN });
  expect(pages.exit).toBe(3);
  expect(pages.told[0]).toBe('deploy_start');
  // Two commands of the same second, in the order in which they were given.
  expect(pages.told.slice(-2)).toEqual(['acknowledge_confirmed', 'note_confirmed']);
  expect(pages.stderr).toMatch(/^oncall: left out: what PagerDuty logged: pagerduty: /);
});

test('where no deploy is suspected, the first errors are left out with that reason', async () => {
  const { exit, stdout, stderr } = await run(`timeline ${(await world.incident('mailer')).id} --json`);
  expect(exit).toBe(0);
  expect(stdout).not.toContain('log_onset');
  expect(stderr).toBe(
    'oncall: left out: the first errors in the logs: they are looked for after a suspect deploy, and there is none.\n',
  );
});

test('an incident that is not there: 64', async () => {
  expect(await run('timeline NOPE')).toEqual({
    exit: 64,
    stdout: '',
    stderr: 'oncall: PagerDuty knows no incident NOPE: see oncall incidents\n',
  });
});

test('a whole night, told by a host whose journal knows nothing of it', { timeout: 60_000 }, async () => {
  const night = await PracticeWorld.start('--speed', '60');
  const other = new Home();
  try {
    const { id } = await night.incident('charge-central');
    const at = (line: string, env: Record<string, string>) =>
      runOncall([...line.split(' '), '--config', night.config], env);
    expect((await at(`ack ${id}`, home.env)).exit).toBe(0);
    const rollback = 'rollback charge-central --env prod --confirm charge-central';
    expect(await at(rollback, home.env)).toMatchObject({ exit: 0 });
    await night.advance(600);
    const { stdout, stderr } = await at(`timeline ${id} --json`, other.env);
    expect(stderr).toBe('');
    const { recovery, status, events } = JSON.parse(stdout);
    expect({ status, by: recovery.mitigated_by }).toEqual({ status: 'resolved', by: 'errors_ended' });
    expect(recovery.to_acknowledge_s).toBeLessThan(recovery.to_mitigate_s);
    expect(recovery.to_mitigate_s).toBeLessThan(recovery.to_resolve_s);
    const told: { kind: string; who: string | null; text: string; source: string }[] = events;
    const back = told.slice(told.findIndex(({ kind }) => kind === 'rollback_start'));
    expect(
      back.filter(({ source }) => source === 'cloudformation').map(({ kind, who }) => [kind, who]),
    ).toEqual(
      ['rollback_start', 'group_made', 'signals', 'switched', 'group_deleted', 'rollback_end'].map((kind) => [
        kind,
        'sam',
      ]),
    );
    expect(back.filter(({ source }) => source === 'aws').map(({ text }) => text)).toEqual([
      expect.stringMatching(/^3 instances launched in charge-central-1-0-282-[0-9a-f]{6}$/),
      expect.stringMatching(/^3 instances ended in charge-central-1-0-283-[0-9a-f]{6}$/),
    ]);
    expect(back.map(({ kind }) => kind)).toEqual(expect.arrayContaining(['log_calm', 'note', 'resolve']));
    expect(told.filter(({ kind }) => kind === 'change')).toEqual([]);
    const here = JSON.parse((await at(`timeline ${id} --json`, home.env)).stdout);
    const kindsHere = here.events.map(({ kind }: { kind: string }) => kind);
    expect(kindsHere.filter((kind: string) => kind === 'rollback_confirmed')).toHaveLength(1);
    expect(kindsHere).not.toContain('rollback_sent');
  } finally {
    await night.stop();
    other.remove();
  }
});

test('a marked line is told with who marked it, where it stood', async () => {
  const at = Date.parse('2026-11-17T03:00:00Z');
  await openLogMarks(stateFolderOf(world.config, home.env)).add({
    at,
    ...{
      service: 'charge-central',
      environment: 'prod',
      instance: null,
      incident,
      who: 'sam@harbour.example',
    },
    note: ownText('it begins here'),
    message: ownText('NoMethodError'),
  });
  const { events } = await kinds();
  expect(events).toContainEqual({
    at: '2026-11-17T03:00:00Z',
    kind: 'mark',
    who: 'sam@harbour.example',
    text: 'it begins here (charge-central: NoMethodError)',
    source: 'marks',
    url: null,
  });
});
