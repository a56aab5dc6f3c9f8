import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { PracticeWorld } from '../support/practice.ts';
import { Home, type Ran, runOncall } from '../support/run-oncall.ts';
import { Cockpit } from './cockpit.ts';

let practice: PracticeWorld;
let home: Home;
let asked = 0;

beforeAll(async () => {
  practice = await PracticeWorld.start();
});

afterAll(async () => {
  await practice?.stop();
});

beforeEach(async () => {
  asked = (await practice.requests()).length;
  home = new Home();
  return () => home.remove();
});

/** A copy of the practice configuration, with its tokens, to spoil. */
function spoilt(spoil: (yaml: string, folder: string) => string): string {
  const folder = join(home.folder, 'tribe');
  mkdirSync(folder, { mode: 0o700 });
  const from = dirname(practice.config);
  for (const name of readdirSync(from)) {
    if (/token$|credentials$/.test(name)) copyFileSync(join(from, name), join(folder, name));
  }
  const file = join(folder, 'oncall.yaml');
  writeFileSync(file, spoil(readFileSync(practice.config, 'utf8'), folder), { mode: 0o600 });
  return file;
}

function replaced(what: string | RegExp, by: string): (yaml: string) => string {
  return (yaml) => {
    expect(yaml).toMatch(what);
    return yaml.replace(what, by);
  };
}

function oncall(line: string, config = practice.config, env: Record<string, string> = {}): Promise<Ran> {
  return runOncall([...line.split(' '), '--config', config], { ...home.env, ...env });
}

/** One clear line for a person, and no more than that; nothing was changed anywhere. */
async function isTold(ran: Ran, exit: number, says: RegExp): Promise<void> {
  expect(ran.stderr).toMatch(says);
  expect(ran.stderr).toMatch(/^oncall: [^\n]+\n$/);
  expect(ran.exit).toBe(exit);
  const said = ran.stdout + ran.stderr;
  expect(said).not.toMatch(/\n\s+at /);
  expect(said).not.toContain('\x1b');
  expect(await practice.mutations()).toEqual([]);
}

async function nothingWasAsked(): Promise<void> {
  expect(await practice.requests()).toHaveLength(asked);
}

describe('a configuration that is wrong: 64, and nobody is asked anything', () => {
  test.each([
    ['at the top', /^default_environment:/m, 'default_enviroment:', 'default_environment'],
    ['in a squad', /escalation_policy:/, 'escalation_polcy:', 'escalation_policy'],
    ['in a system', /web_url:/, 'weburl:', 'web_url'],
    ['in a service', /stack:/, 'stak:', 'stack'],
  ])('an unknown key %s: its place and the nearest name', async (_, key, wrong, right) => {
    const config = spoilt(replaced(key, wrong));
    const lines = readFileSync(config, 'utf8').split('\n');
    const line = lines.findIndex((each) => each.includes(wrong));
    const place = `${config}:${line + 1}:${(lines[line]?.indexOf(wrong) ?? 0) + 1}`;
    const name = wrong.replace(':', '');
    const ran = await oncall('status', config);
    await isTold(ran, 64, /./);
    expect(ran.stderr).toBe(`oncall: ${place}: unknown key '${name}'. Did you mean ${right}?\n`);
    await nothingWasAsked();
  });

  test.each([
    [
      'a file that is missing',
      '{file: gone.token}',
      /there is no file .*gone\.token: put the token there \(chmod 600\)/,
    ],
    [
      'a variable that is not set',
      '{env: HARBOUR_TOKEN}',
      /environment variable HARBOUR_TOKEN is not set: export it/,
    ],
    [
      'a command that fails',
      '{command: [sh, -c, exit 7]}',
      /command sh failed with exit code 7: run it by hand/,
    ],
    ['a command that is not there', '{command: [vault-of-nobody]}', /command vault-of-nobody does not exist/],
    ['a command that says nothing', '{command: ["true"]}', /command true printed nothing/],
  ])('a token from %s', async (_, way, says) => {
    const config = spoilt(replaced(/token:\n\s+file: pagerduty.token/, `token: ${way}`));
    for (const line of ['status', 'ack Q1', 'incidents --json']) {
      const ran = await oncall(line, config);
      await isTold(ran, 64, /^oncall: pagerduty: systems\.pagerduty\.token: no token: /);
      expect(ran.stderr).toMatch(says);
    }
    await nothingWasAsked();
  });

  test('a token file that others may read, or that is a link: the fix is named, the token never', async () => {
    const config = spoilt((yaml, folder) => {
      chmodSync(join(folder, 'pagerduty.token'), 0o644);
      symlinkSync('pagerduty.token', join(folder, 'link.token'));
      return yaml;
    });
    const file = join(dirname(config), 'pagerduty.token');
    const open = await oncall('status', config);
    await isTold(open, 64, /others may read the token file .* \(mode 0644\): chmod 600 /);
    expect(open.stderr).toContain(`chmod 600 ${file}\n`);
    expect(open.stderr).not.toContain(readFileSync(file, 'utf8').trim());
    writeFileSync(
      config,
      replaced('file: pagerduty.token', 'file: link.token')(readFileSync(config, 'utf8')),
    );
    await isTold(await oncall('status', config), 64, /link\.token is a symbolic link: name the file itself/);
    await nothingWasAsked();
  });

  test('a token in the configuration itself is refused, and not repeated', async () => {
    const config = spoilt(replaced(/token:\n\s+file: pagerduty.token/, 'token: u+S3cr3tS3cr3t'));
    const ran = await oncall('status', config);
    await isTold(ran, 64, /oncall\.yaml:\d+:\d+: 'systems\.pagerduty\.token' says how to get the token/);
    expect(ran.stderr).not.toContain('S3cr3t');
    await nothingWasAsked();
  });

  test('what is no URL', async () => {
    const config = spoilt(replaced(/(pagerduty:\n\s+url: ).*/, '$1api.pagerduty.com'));
    const ran = await oncall('status', config);
    await isTold(ran, 64, /oncall\.yaml:\d+:\d+: 'systems\.pagerduty\.url' is no URL: .*https:\/\//);
    const variable = 'ONCALL_SYSTEMS__PAGERDUTY__URL';
    await isTold(
      await oncall('status', practice.config, { [variable]: 'pd' }),
      64,
      /\$ONCALL_SYSTEMS__PAGERDUTY__URL: /,
    );
    await nothingWasAsked();
  });

  test('a variable that overrides nothing', async () => {
    const ran = await oncall('status', practice.config, {
      ONCALL_SYSTEM__PAGERDUTY__URL: 'https://x.example',
    });
    await isTold(ran, 64, /ONCALL_SYSTEM__PAGERDUTY__URL.*Did you mean SYSTEMS\?/);
    await nothingWasAsked();
  });

  test('no configuration at all: where it may be, and the practice world', async () => {
    for (const line of [[], ['status'], ['status', '--short'], ['ack', 'Q1']]) {
      const ran = await runOncall(line, home.env);
      await isTold(
        ran,
        64,
        /no configuration yet.*\/config\/oncall\/oncall\.yaml nor \/etc\/oncall\/oncall\.yaml.*oncall init.*oncall demo$/m,
      );
      expect(ran.stdout).toBe('');
    }
    const named = await runOncall(['status', '--config', '/nowhere/oncall.yaml'], home.env);
    await isTold(named, 64, /there is no config file \/nowhere\/oncall\.yaml \(from --config\)/);
    const set = await runOncall(['status'], { ...home.env, ONCALL_CONFIG: '/nowhere/oncall.yaml' });
    await isTold(set, 64, /there is no config file \/nowhere\/oncall\.yaml \(from \$ONCALL_CONFIG\)/);
    await nothingWasAsked();
  });

  test('the cockpit says it on the terminal as it was', async () => {
    const cockpit = Cockpit.open({ config: spoilt(replaced('squads:', 'sqads:')), columns: 200 });
    try {
      const { exit, restored, text } = await cockpit.left();
      expect({ exit, restored }).toEqual({ exit: 64, restored: true });
      expect(text).toMatch(/oncall: .*unknown key 'sqads'\. Did you mean squads\?/);
      expect(cockpit.terminal.output).not.toContain('\x1b[?1049h');
    } finally {
      await cockpit.close();
    }
  });
});

describe('where nothing listens', () => {
  const nothing = { ONCALL_SYSTEMS__PAGERDUTY__URL: 'http://127.0.0.1:9' };

  test('a look says so with what to check, and exits 3', async () => {
    const ran = await oncall('incidents', practice.config, nothing);
    await isTold(ran, 3, /127\.0\.0\.1:9 refuses connections.*check the address in the config/);
    expect(ran.stdout).toContain('not known');
  });

  test('a write sends nothing, and exits 1', async () => {
    await isTold(
      await oncall('ack Q1', practice.config, nothing),
      1,
      /refuses connections.*Nothing was sent\.$/m,
    );
    await nothingWasAsked();
  });

  test('a token is not shown to a host over plain http', async () => {
    const plain = { ONCALL_SYSTEMS__PAGERDUTY__URL: 'http://pagerduty.example' };
    await isTold(await oncall('ack Q1', practice.config, plain), 1, /plain http.*use https/);
    await nothingWasAsked();
  });
});

describe('what was typed is wrong: 64 with the nearest name, and nobody is asked anything', () => {
  test.each([
    ['statsu', /unknown command 'statsu'\. Did you mean status\?/],
    ['status --jsn', /unknown option '--jsn'.*Did you mean --json\?/],
    ['rollback charge-central --plna', /unknown option '--plna'.*Did you mean --plan\?/],
    ['status now', /too many arguments.*See oncall status --help/],
    ['ack', /missing required argument 'id'\. See oncall ack --help/],
    ['reroute', /missing required argument 'id-and-squad'\. See oncall reroute --help/],
    ['snooze Q1 4x', /'4x' is no length of time: such as 30m, 4h, 1d/],
    ['logs charge-central --since yesterday', /'yesterday' is no duration: write 30s, 15m, 2h or 1d/],
    ['logs charge-centrl', /no service 'charge-centrl'\. Did you mean charge-central\?/],
    ['fleet ledgerapi --json', /no service 'ledgerapi'\. Did you mean ledger-api\?/],
    ['rollback charge-centrl --env prod', /no service 'charge-centrl'\. Did you mean charge-central\?/],
    ['deploys charge-central --env prd', /no environment 'prd'\. Did you mean prod\?/],
    ['rollback charge-central --env tset --plan', /'tset'\. Did you mean test\?/],
    ['rollback charge-central --plan', /charge-central runs in prod and test: say which with --env/],
    [
      'rollback charge-central --confirm charge-central',
      /charge-central runs in prod and test: say which with --env/,
    ],
    ['status --squad biling', /no squad 'biling'\. Did you mean billing\?/],
    ['status --short --squad biling', /no squad 'biling'\. Did you mean billing\?/],
    ['reroute Q1 biling', /unknown squad 'biling'\. Did you mean billing\?/],
    ['attach nothing', /No intent nothing in the journal\. See oncall journal/],
    ['demo --scenario bad-deplo', /No scenario "bad-deplo"; there is: az-outage, bad-deploy, /],
    [
      'demo --headless --scenario ./gone.yaml',
      /No scenario "\.\/gone\.yaml"; there is: az-outage, bad-deploy, /,
    ],
    ['demo --speed fast', /--speed must be a number, above 0/],
  ])('oncall %s', async (line, says) => {
    const ran = await oncall(line);
    await isTold(ran, 64, says);
    expect(ran.stdout).toBe('');
    await nothingWasAsked();
  });
});

describe('what the systems do not know', () => {
  test.each(['ack QNOBODY', 'escalate QNOBODY', 'resolve QNOBODY --yes', 'note QNOBODY hello'])(
    'oncall %s',
    async (line) => {
      await isTold(await oncall(line), 64, /PagerDuty knows no incident QNOBODY: see oncall incidents/);
    },
  );

  test('re-routed without a squad: the line to type, with the squad that is suggested', async () => {
    await isTold(await oncall('reroute QNOBODY'), 64, /then a squad: oncall reroute Q1A2B3 billing$/m);
    const { id } = await practice.incident('charge-central');
    await isTold(await oncall(`reroute ${id}`), 64, new RegExp(`oncall reroute ${id} \\w+  \\(suggested: `));
  });

  test('a version that does not exist is refused with those that do, before anything is made', async () => {
    const line = 'rollback charge-central --env prod --to 1.0.999';
    const says =
      /refused \(image-exists\): charge-central has no image 1\.0\.999 in the registry\. It has 1\.0\.283, 1\.0\.282, /;
    const ran = await oncall(`${line} --confirm charge-central`);
    await isTold(ran, 4, says);
    const planned = await oncall(`${line} --plan`);
    await isTold(planned, 4, says);
    expect(planned.stdout).toContain('STOP image-exists');
  });
});

describe('what PagerDuty refuses: 1, one line, and it was sent once', () => {
  test.each([
    [401, /Unauthorized \(HTTP 401\)\. The token is not accepted: check systems\.pagerduty\.token\./],
    [403, /\(HTTP 403\)\. The token may not do this.*ask a PagerDuty administrator\./],
    [404, /\(HTTP 404\)\. It is gone, or this token may not see it\./],
  ])('%d to an acknowledgement', async (status, says) => {
    const { id } = await practice.incident('charge-central');
    const before = (await practice.mutations()).length;
    await practice.fault({
      system: 'pagerduty',
      match: { operation: 'PUT /incidents' },
      fault: 'status',
      status,
    });
    const ran = await oncall(`ack ${id}`);
    expect(ran).toMatchObject({ exit: 1, stdout: '' });
    expect(ran.stderr).toMatch(/^oncall: failed: Refused: [^\n]+ Nothing was changed\.\n$/);
    expect(ran.stderr).toMatch(says);
    expect((await practice.mutations()).slice(before)).toEqual(['PUT /incidents']);
    expect((await practice.incident('charge-central')).status).toBe('triggered');
  });
});
