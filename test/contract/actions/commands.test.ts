import { mkdtemp, rm } from 'node:fs/promises';
import { hostname, tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readCommandLine } from '../../../src/commands/program.ts';
import type { Context, Output } from '../../../src/commands/row.ts';
import { globalOptions, table } from '../../../src/commands/table.ts';
import { loadConfig } from '../../../src/config/load.ts';
import type { Freeze } from '../../../src/model/catalog.ts';
import { startPractice } from '../../../src/practice/process.ts';
import { openSystems } from '../../../src/systems/index.ts';

function memory(): Output & { readonly text: () => string } {
  let kept = '';
  return {
    isTerminal: false,
    columns: 0,
    rows: 0,
    color: false,
    write(text) {
      kept += text;
    },
    text: () => kept,
  };
}

/** The practice world, and `oncall …` on it as typed: exit code, standard output, standard error. */
async function world() {
  const practice = await startPractice({
    scenario: 'bad-deploy',
    seed: 1,
    speed: 1,
    tls: false,
    untilStdinCloses: false,
  });
  onTestFinished(() => practice.stop());
  const freezes: Freeze[] = [];
  const found = await loadConfig({ configFile: practice.line.config });
  const loaded = { ...found, catalog: { ...found.catalog, freezes } };
  const systems = openSystems(loaded);
  onTestFinished(() => systems.close());
  const state = await mkdtemp(join(tmpdir(), 'oncall-'));
  onTestFinished(() => rm(state, { recursive: true, force: true }));

  async function oncall(...argv: readonly string[]) {
    const [stdout, stderr] = [memory(), memory()];
    const sink = {
      version: '0',
      write: () => {},
      columns: 80,
      color: false,
      paint: (_: string, text: string) => text,
    };
    const typed = readCommandLine(argv, table, globalOptions, sink);
    if (typed?.row == null) throw new Error('no command');
    const context: Context = {
      configFile: undefined,
      readOnly: typed.global.readOnly === true,
      env: { XDG_STATE_HOME: state },
      stdout,
      stderr,
      config: async () => loaded,
      systems: async () => systems,
      stopSignal: () => new AbortController().signal,
    };
    const { run } = await typed.row.load();
    const code = await run(context, typed.args, typed.options);
    return { code, out: stdout.text(), err: stderr.text() };
  }

  const id = (service: string) => {
    const { pagerId } = practice.world.state.services.find(({ name }) => name === service) ?? { pagerId: '' };
    return (
      practice.world.state.incidents.find((each) => each.serviceId === pagerId && each.status !== 'resolved')
        ?.id ?? ''
    );
  };
  const mutations = () => practice.host.log.all().flatMap((each) => (each.mutation ? [each.operation] : []));
  const freeze = (reason: string) => {
    const window = { kind: 'once', from: 0, to: Date.UTC(2030, 0) } as const;
    freezes.push({ window, environments: null, services: null, reason });
  };
  return { oncall, id, mutations, practice, freeze };
}

test('ack: 0, said in one line, sent once', async () => {
  const { oncall, id, mutations } = await world();
  const first = await oncall('ack', id('charge-central'));
  expect(first).toEqual({
    code: 0,
    out: 'Acknowledged by Sam Okafor: charge-central: 5xx above 2%.\n',
    err: '',
  });
  expect((await oncall('ack', id('charge-central'))).out).toContain('Nothing sent');
  expect(mutations()).toEqual(['PUT /incidents']);
});

test('reroute: 5 without a yes, printing the command; 0 with it; 4 when nobody would be paged', async () => {
  const { oncall, id, mutations } = await world();
  const asked = await oncall('reroute', id('ledger-api'), 'ledger');
  expect(asked.code).toBe(5);
  expect(asked.err).toContain(`oncall reroute ${id('ledger-api')} ledger --yes`);
  expect(asked.err).toContain('Paged at once (level 1): Mei Tanaka');
  expect((await oncall('reroute', id('ledger-api'), 'identity', '--yes')).code).toBe(4);
  expect(mutations()).toEqual([]);
  expect((await oncall('reroute', id('ledger-api'), 'ledger', '--yes')).code).toBe(0);
  expect(mutations()).toEqual(['PUT /incidents']);
});

test('reroute there and back: a duty is a target as a squad is', async () => {
  const { oncall, id, mutations } = await world();
  const there = await oncall('reroute', id('ledger-api'), 'ledger', '--yes');
  expect(there.code).toBe(0);
  expect(there.err).toContain('It can be taken back by re-routing to Owl, which pages there again.');
  const back = await oncall('reroute', id('ledger-api'), 'owl', '--yes');
  expect(back.err).toContain('Paged at once (level 1): Sam Okafor');
  expect(back).toMatchObject({ code: 0, out: expect.stringContaining('is with Owl now; paged: Sam Okafor') });
  expect(mutations()).toEqual(['PUT /incidents', 'PUT /incidents']);
});

test('resolve of several: a key is not enough, 5 with the command that says the word; 0 with it', async () => {
  const { oncall, id, mutations } = await world();
  const both = [id('charge-central'), id('ledger-api')];
  const command = `nothing was sent. To do it:\n  oncall resolve ${both.join(' ')} --confirm resolve\n`;
  for (const [answer, why] of [
    [[], 'not confirmed'],
    [['--yes'], "--yes does not stand for the word 'resolve'"],
    [['--confirm', 'yes'], "'yes' is not 'resolve'"],
  ] as const) {
    const asked = await oncall('resolve', ...both, ...answer);
    expect(asked).toMatchObject({ code: 5, err: expect.stringContaining(`oncall: ${why}, ${command}`) });
  }
  expect(mutations()).toEqual([]);
  expect((await oncall('resolve', ...both, '--confirm', 'resolve')).code).toBe(0);
  expect(mutations()).toEqual(['PUT /incidents']);
});

test('resolve of one: --yes stands for the key', async () => {
  const { oncall, id } = await world();
  const asked = await oncall('resolve', id('ledger-api'));
  expect(asked.code).toBe(5);
  expect(asked.err).toContain(`oncall resolve ${id('ledger-api')} --yes\n`);
  expect((await oncall('resolve', id('ledger-api'), '--yes')).code).toBe(0);
});

test('rollback --plan --json: the contract, and no change set left behind', async () => {
  const { oncall, practice } = await world();
  const { code, out } = await oncall('rollback', 'charge-central', '--env', 'prod', '--plan', '--json');
  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({
    schema: 1,
    practice: true,
    at: expect.stringMatching(/^2026-11-17T03:\d\d:\d\dZ$/),
    plan: {
      hash: expect.stringMatching(/^[0-9a-f]{16}$/),
      service: 'charge-central',
      env: 'prod',
      from: '1.0.283',
      to: '1.0.282',
      checks: expect.arrayContaining([
        { id: 'stack-status', result: 'pass', text: 'The stack is UPDATE_COMPLETE.' },
      ]),
      changes: expect.arrayContaining([expect.stringContaining('AWS::AutoScaling::AutoScalingGroup')]),
    },
  });
  expect(practice.world.state.changeSets).toEqual([]);
});

test('rollback: 5 without or with a wrong name; the change set is taken away again', async () => {
  const { oncall, practice, mutations } = await world();
  const bare = await oncall('rollback', 'charge-central', '--env', 'prod');
  expect(bare.code).toBe(5);
  expect(bare.err).toContain(
    'oncall rollback charge-central --env prod --to 1.0.282 --confirm charge-central',
  );
  const wrong = await oncall('rollback', 'charge-central', '--env', 'prod', '--confirm', 'charge');
  expect(wrong.code).toBe(5);
  expect(wrong.err).toContain("'charge' is not 'charge-central', nothing was sent");
  expect(practice.world.state.changeSets).toEqual([]);
  expect(mutations()).not.toContain('ExecuteChangeSet');
});

test('rollback with a warning: 4 with the command that accepts it', async () => {
  const { oncall, practice, mutations } = await world();
  const serving = practice.world.state.groups.find(
    (each) => each.service === 'charge-central' && each.environment === 'prod',
  );
  if (serving !== undefined) serving.desired = 4;
  const warned = await oncall('rollback', 'charge-central', '--env', 'prod', '--confirm', 'charge-central');
  expect(warned.code).toBe(4);
  expect(warned.err).toContain(
    'oncall rollback charge-central --env prod --to 1.0.282 --accept capacity --confirm charge-central',
  );
  expect(mutations()).not.toContain('ExecuteChangeSet');
});

test('rollback --cancel and --continue: 4 where there is nothing of the kind; nothing is sent', async () => {
  const { oncall, mutations } = await world();
  const where = ['rollback', 'charge-central', '--env', 'prod', '--confirm', 'charge-central'];
  const cancel = await oncall(...where, '--cancel');
  expect(cancel).toMatchObject({ code: 4, err: expect.stringContaining('There is no update to cancel.') });
  const go = await oncall(...where, '--continue');
  expect(go).toMatchObject({ code: 4, err: expect.stringContaining('There is no stuck rollback.') });
  expect(mutations()).toEqual([]);
});

test('rollback --cancel of a deploy under way: planned, confirmed by name, done', async () => {
  const { oncall, practice, mutations } = await world();
  const { state, stacks } = practice.world;
  const stack = state.stacks.find(({ name }) => name === 'charge-central');
  if (stack === undefined) throw new Error('no stack');
  const parameters = { ...stack.parameters, ImageTag: '1.0.281', DeployedBy: 'dora@harbour.example' };
  stacks.update(stack, { parameters, tags: null, token: null, who: 'dora' });
  practice.world.advance(60);

  const refused = await oncall('rollback', 'charge-central', '--env', 'prod', '--confirm', 'charge-central');
  expect(refused.code).toBe(4);
  expect(refused.err).toContain('oncall rollback charge-central --env prod --cancel');
  const bare = await oncall('rollback', 'charge-central', '--env', 'prod', '--cancel');
  expect(bare.code).toBe(5);
  expect(bare.err).toContain('oncall rollback charge-central --env prod --cancel --confirm charge-central');
  const planned = await oncall('rollback', 'charge-central', '--env', 'prod', '--cancel', '--plan', '--json');
  expect(JSON.parse(planned.out)).toMatchObject({ plan: { from: '1.0.281', to: '1.0.283', changes: [] } });
  expect(mutations()).toEqual([]);

  const line = ['rollback', 'charge-central', '--env', 'prod', '--cancel', '--confirm', 'charge-central'];
  const running = oncall(...line);
  await expect.poll(mutations).toContain('CancelUpdateStack');
  practice.world.advance(200);
  expect(await running).toMatchObject({ code: 0, out: expect.stringContaining('stays at 1.0.283') });
}, 30_000);

test.each([
  ['--cancel and --continue', ['rollback', 'mailer', '--env', 'prod', '--cancel', '--continue'], 'exclude'],
  [
    '--to with --cancel',
    ['rollback', 'mailer', '--env', 'prod', '--cancel', '--to', '1.0.1'],
    '--to does not',
  ],
  ['an unknown service', ['rollback', 'charge-centrl', '--env', 'prod'], 'Did you mean charge-central?'],
  ['several environments', ['rollback', 'charge-central'], 'say which with --env'],
  ['an unknown environment', ['rollback', 'charge-central', '--env', 'prd'], 'Did you mean prod?'],
  ['no version', ['rollback', 'mailer', '--env', 'prod', '--to', '1.0;\u001b[2J'], 'is no version'],
  ['an unknown incident', ['ack', 'NOPE'], 'no incident NOPE'],
  ['no length of time', ['snooze', 'NOPE', 'soon'], 'such as 30m'],
  ['no squad', ['reroute', 'NOPE'], 'incidents and then a squad'],
  ['an unknown intent', ['attach', 'nope'], 'oncall journal'],
])('%s is a usage error that says what to do; nothing is sent', async (_name, argv, says) => {
  const { oncall, mutations } = await world();
  await expect(oncall(...argv)).rejects.toMatchObject({
    name: 'UsageError',
    message: expect.stringContaining(says),
  });
  expect(mutations()).toEqual([]);
});

test('--accept of a check that is not there: 64 with the nearest name; nothing is executed, with --plan too', async () => {
  const { oncall, mutations, practice } = await world();
  const line = ['rollback', 'charge-central', '--env', 'prod', '--accept', 'capacty'];
  for (const last of [['--confirm', 'charge-central'], ['--plan']]) {
    await expect(oncall(...line, ...last)).rejects.toMatchObject({
      name: 'UsageError',
      message: "--accept: there is no check 'capacty'. Did you mean capacity? Nothing was sent",
    });
  }
  expect(mutations()).not.toContain('ExecuteChangeSet');
  expect(practice.world.state.changeSets).toEqual([]);
});

test('a freeze window: 4 with its reason; --override-freeze goes on, and stays in the command that is printed', async () => {
  const { oncall, freeze, mutations } = await world();
  freeze('audit week');
  const line = ['rollback', 'charge-central', '--env', 'prod'];
  const refused = await oncall(...line, '--confirm', 'charge-central');
  expect(refused.code).toBe(4);
  expect(refused.err).toMatch(/^oncall: refused \(freeze\): .*audit week.*--override-freeze REASON\.\n$/);
  expect(mutations()).toEqual([]);
  const planned = await oncall(...line, '--plan', '--override-freeze', 'customers cannot pay');
  expect(planned.code).toBe(0);
  expect(planned.err).toContain("--override-freeze 'customers cannot pay' --confirm charge-central");
  await expect(oncall(...line, '--override-freeze', ' ')).rejects.toMatchObject({ name: 'UsageError' });
});

test.each(['--cancel', '--continue'])('a freeze window holds for %s too, and names it', async (flag) => {
  const { oncall, freeze, mutations, practice } = await world();
  freeze('audit week');
  const { state, stacks } = practice.world;
  const stack = state.stacks.find(({ name }) => name === 'charge-central');
  if (stack === undefined) throw new Error('no stack');
  if (flag === '--continue') stack.status = 'UPDATE_ROLLBACK_FAILED';
  else {
    const parameters = { ...stack.parameters, ImageTag: '1.0.281' };
    stacks.update(stack, { parameters, tags: null, token: null, who: 'dora' });
  }
  const line = ['rollback', 'charge-central', '--env', 'prod', flag, '--confirm', 'charge-central'];
  const refused = await oncall(...line);
  expect(refused.code).toBe(4);
  expect(refused.err).toContain(
    `oncall rollback charge-central --env prod ${flag} --override-freeze REASON.`,
  );
  expect(mutations()).toEqual([]);
  const planned = await oncall(...line, '--plan', '--override-freeze', 'it burns');
  expect(planned.code).toBe(0);
  expect(planned.err).toContain(`${flag} --override-freeze 'it burns' --confirm charge-central`);
});

test('an unknown version: 4 in one line with versions that are there; nothing is sent', async () => {
  const { oncall, mutations } = await world();
  const { code, err } = await oncall(
    'rollback',
    'charge-central',
    '--env',
    'prod',
    '--to',
    '1.0.28',
    '--confirm',
    'charge-central',
  );
  expect(code).toBe(4);
  expect(err).toMatch(
    /^oncall: refused \(image-exists\): charge-central has no image 1\.0\.28 .*It has 1\.0\.2\d+.*\n$/,
  );
  expect(mutations()).toEqual([]);
});

test('read-only: 4, nothing is sent', async () => {
  const { oncall, id, mutations } = await world();
  expect((await oncall('--read-only', 'ack', id('mailer'))).code).toBe(4);
  expect(mutations()).toEqual([]);
});

test('journal --json: the contract', async () => {
  const { oncall, id } = await world();
  await oncall('ack', id('charge-central'));
  const { out } = await oncall('journal', '--json');
  expect(JSON.parse(out)).toMatchObject({
    schema: 1,
    practice: true,
    intents: [
      {
        action: 'acknowledge',
        state: 'confirmed',
        service: 'charge-central',
        env: null,
        who: 'sam@harbour.example',
        token: null,
        origin: process.env.SSH_CONNECTION ?? null,
        host: hostname(),
        version: expect.stringMatching(/^\d+\.\d+\.\d+/),
        plan_hash: expect.stringMatching(/^[0-9a-f]{16}$/),
        from_digest: null,
        to_digest: null,
        reason: null,
        history: [{ state: 'planned' }, { state: 'sending' }, { state: 'sent' }, { state: 'confirmed' }],
      },
    ],
  });
  expect((await oncall('attach')).out).toBe('Nothing is under way.\n');
});
