import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { checkConfig } from '../../../src/config/check.ts';
import { ConfigError } from '../../../src/config/error.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { readSources } from '../../../src/config/sources.ts';
import { ConfigFolder, TRIBE } from './folder.ts';

let home: ConfigFolder;

beforeEach(() => {
  home = new ConfigFolder();
});
afterEach(() => home.remove());

const load = (extra: NodeJS.ProcessEnv = {}, configFile?: string) =>
  loadConfig({ env: { ...home.env, ...extra }, ...(configFile === undefined ? {} : { configFile }) });

/** What a person reads; every path begins at the folder. */
async function complaint(extra: NodeJS.ProcessEnv = {}): Promise<string> {
  const thrown = await load(extra).then(
    () => null,
    (error: unknown) => error,
  );
  expect(thrown).toBeInstanceOf(ConfigError);
  return (thrown as ConfigError).message.replaceAll(`${home.folder}/`, '');
}

const rewritten = (from: string, to: string) => home.write('oncall.yaml', TRIBE.replace(from, to));

test('a whole file becomes the catalog', async () => {
  const { catalog, file, config } = await load();
  expect(file).toBe(home.path('oncall.yaml'));
  expect(catalog.squads).toEqual([
    { id: 'billing', name: 'Billing', escalationPolicy: 'PPOLBIL', schedule: null, slackChannel: null },
  ]);
  expect(catalog.environments).toEqual([
    { name: 'prod', guarded: true },
    { name: 'test', guarded: false },
  ]);
  expect(catalog.services[0]).toMatchObject({
    name: 'charge-central',
    pagerService: 'PCHARGE',
    in: { prod: { stack: 'charge-central', imageParameter: 'ImageTag' } },
  });
  expect(config.systems.pagerduty?.url).toBe('https://api.pagerduty.com');
});

describe('which file', () => {
  test('--config wins over $ONCALL_CONFIG, which wins over the usual place; each whole', async () => {
    const one = home.write('one.yaml', TRIBE.replace('Harbour', 'One'));
    const two = home.write('two.yaml', TRIBE.replace('Harbour', 'Two'));
    expect((await load({ ONCALL_CONFIG: one }, two)).config.tribe).toBe('Two');
    expect((await load({ ONCALL_CONFIG: one })).config.tribe).toBe('One');
    expect((await load()).config.tribe).toBe('Harbour');
  });

  test('a named file that is not there is an error, not a reason to look on', async () => {
    expect(await complaint({ ONCALL_CONFIG: home.path('gone.yaml') })).toBe(
      'there is no config file gone.yaml (from $ONCALL_CONFIG).',
    );
  });

  test('without any, the places and the practice world are named', async () => {
    const empty = new ConfigFolder(null);
    try {
      const thrown = await loadConfig({ env: empty.env }).catch((error: unknown) => error);
      expect((thrown as Error).message).toContain(empty.path('oncall.yaml'));
      expect((thrown as Error).message).toContain('/etc/oncall/oncall.yaml');
      expect((thrown as Error).message).toContain('oncall demo');
    } finally {
      empty.remove();
    }
  });
});

describe('mistakes name their place and the nearest right name', () => {
  test.each([
    ['unknown key', 'squads:', 'suqads:', "2:1: unknown key 'suqads'. Did you mean squads?"],
    [
      'unknown key deep inside',
      'guarded: true',
      'garded: true',
      "9:5: unknown key 'garded'. Did you mean guarded?",
    ],
    ['wrong type', 'guarded: true', 'guarded: often', "9:14: 'environments.prod.guarded': invalid input"],
    ['missing key', 'tribe: Harbour\n', '', "the key 'tribe' is missing."],
    [
      'unknown squad',
      'squad: billing',
      'squad: biling',
      "17:12: there is no squad 'biling'. Did you mean billing?",
    ],
    [
      'unknown environment of an entity in New Relic',
      'squad: billing',
      'squad: billing\n    newrelic_entity: { pord: MXxBUE0 }',
      "there is no environment 'pord'. Did you mean prod?",
    ],
    [
      'unknown environment',
      'default_environment: prod',
      'default_environment: pord',
      "6:22: there is no environment 'pord'. Did you mean prod?",
    ],
    ['no YAML', 'tribe: Harbour', 'tribe: [Harbour', '1:'],
    ['a bad URL', 'pagerduty:', 'pagerduty:\n    url: nowhere', "'systems.pagerduty.url'"],
  ])('%s', async (_name, from, to, said) => {
    rewritten(from, to);
    const line = await complaint();
    expect(line).toContain(said);
    expect(line).toMatch(/^oncall\.yaml:\d+:\d+: /);
    expect(line.split('\n')).toHaveLength(1);
  });

  test('several mistakes are several lines', async () => {
    home.write('oncall.yaml', TRIBE.replace('squads:', 'suqads:').replace('services:', 'servces:'));
    expect((await complaint()).split('\n').length).toBeGreaterThan(1);
  });
});

describe('what must not be in a file', () => {
  const inline = 'token: s3cret-abcdef';

  test('a token itself is refused, and never repeated', async () => {
    home.write('oncall.yaml', TRIBE.replace('token:\n      env: HARBOUR_PD_TOKEN', inline), 0o644);
    const said = await complaint();
    expect(said).toContain('never the token itself');
    expect(said).toContain('chmod 600');
    expect(said).not.toContain('s3cret');
  });

  test('a password in a URL of a file that others may read', async () => {
    const text = `${TRIBE}proxy: http://me:s3cret@proxy.example:3128\n`;
    home.write('oncall.yaml', text, 0o644);
    const said = await complaint();
    expect(said).toContain('chmod 600');
    expect(said).not.toContain('s3cret');
    home.write('oncall.yaml', text, 0o600);
    await expect(load()).resolves.toBeDefined();
  });

  test('a file that everybody may change', async () => {
    home.write('oncall.yaml', TRIBE, 0o666);
    expect(await complaint()).toContain('chmod o-w');
  });

  test('aliases that unfold without end', async () => {
    const bomb = Array.from({ length: 9 }, (_, level) => {
      const item = level === 0 ? '"lol"' : `*a${level - 1}`;
      return `a${level}: &a${level} [${Array(9).fill(item).join(', ')}]`;
    });
    home.write('oncall.yaml', `${bomb.join('\n')}\n`);
    expect(await complaint()).toMatch(/aliases unfold .*refused .*write out what they stand for/);
  });
});

describe('the environment over the file', () => {
  test.each([
    ['ONCALL_TRIBE', 'Other', (c: Loaded) => c.config.tribe, 'Other'],
    [
      'ONCALL_SYSTEMS__PAGERDUTY__URL',
      'http://127.0.0.1:9',
      (c: Loaded) => c.config.systems.pagerduty?.url,
      'http://127.0.0.1:9',
    ],
    ['ONCALL_READ_ONLY', '1', (c: Loaded) => c.config.read_only, true],
    ['ONCALL_SQUADS__BILLING__NAME', 'Bills', (c: Loaded) => c.catalog.squads[0]?.name, 'Bills'],
    ['ONCALL_SERVICES__CHARGE_CENTRAL__IMAGE', 'cc', (c: Loaded) => c.catalog.services[0]?.image, 'cc'],
    [
      'ONCALL_SYSTEMS__PAGERDUTY__TOKEN__COMMAND',
      '[pass, pd]',
      (c: Loaded) => c.config.systems.pagerduty?.token.command,
      ['pass', 'pd'],
    ],
    ['ONCALL_USER_EMAIL', 'sam@harbour.example', (c: Loaded) => c.user.email, 'sam@harbour.example'],
  ] as const)('%s', async (variable, text, pick, value) => {
    expect(pick(await load({ [variable]: text }))).toEqual(value);
  });

  test('a path that fits nothing is an error with the nearest name', async () => {
    expect(await complaint({ ONCALL_SYSTEMS__PAGERDTY__URL: 'x' })).toBe(
      "environment variable ONCALL_SYSTEMS__PAGERDTY__URL: the configuration has no 'PAGERDTY'. Did you mean PAGERDUTY?",
    );
  });

  test('a wrong value names its variable', async () => {
    expect(await complaint({ ONCALL_SYSTEMS__PAGERDUTY__URL: 'nowhere' })).toMatch(
      /^\$ONCALL_SYSTEMS__PAGERDUTY__URL: /,
    );
  });

  test("somebody else's variable is left alone", async () => {
    await expect(load({ ONCALL_PD_TOKEN: 'x' })).resolves.toBeDefined();
  });
});

describe('user.yaml', () => {
  test('merges over the tribe: who you are, how to get tokens, read-only', async () => {
    home.write(
      'user.yaml',
      'email: dora@harbour.example\nread_only: true\ntokens:\n  pagerduty: {file: my.token}\n',
    );
    const { config, user } = await load();
    expect(user.email).toBe('dora@harbour.example');
    expect(config.read_only).toBe(true);
    expect(config.systems.pagerduty?.token).toEqual({ file: home.path('my.token') });
    expect((await load({ ONCALL_READ_ONLY: 'no' })).config.read_only).toBe(false);
  });

  test('a token for a system that is not there', async () => {
    home.write('user.yaml', 'tokens:\n  pagerdty: {env: X}\n');
    expect(await complaint()).toBe("user.yaml:2:3: there is no system 'pagerdty'. Did you mean pagerduty?");
  });

  test('stays out of the practice world', async () => {
    home.write(
      'user.yaml',
      'email: dora@harbour.example\ntokens:\n  pagerduty: {file: my.token}\nbell: false\n',
    );
    home.write('oncall.yaml', `practice: true\n${TRIBE}`);
    const { config, user } = await load();
    expect(user.email).toBeUndefined();
    expect(user.bell).toBe(false);
    expect(config.systems.pagerduty?.token).toEqual({ env: 'HARBOUR_PD_TOKEN' });
  });
});

test('every value knows where it came from', () => {
  const env = { ...home.env, ONCALL_TRIBE: 'Other' };
  const { origin } = checkConfig(readSources({ env }), env);
  expect(origin(['tribe'])).toBe('$ONCALL_TRIBE');
  expect(origin(['default_environment'])).toBe(`${home.path('oncall.yaml')}:6:22`);
  expect(origin(['systems', 'pagerduty', 'url'])).toBe('default');
});

type Loaded = Awaited<ReturnType<typeof loadConfig>>;
