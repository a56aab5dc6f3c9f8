import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { get } from 'node:https';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../../../src/config/schema.ts';
import { PracticeUsage, parseOptions } from '../../../src/practice/options.ts';
import { portServers } from '../../../src/practice/servers/index.ts';

const MAIN = fileURLToPath(new URL('../../../src/practice/main.ts', import.meta.url));

interface Line {
  readonly schema: number;
  readonly config: string;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly pid: number;
}

async function start(...args: string[]): Promise<{ child: ChildProcess; line: Line }> {
  const child = spawn(process.execPath, [MAIN, ...args], { stdio: ['pipe', 'pipe', 'inherit'] });
  for await (const line of createInterface({ input: child.stdout })) return { child, line: JSON.parse(line) };
  throw new Error(`ended with ${child.exitCode}`);
}

test('prints one line, serves by its config alone, and leaves nothing behind', async () => {
  const { child, line } = await start();
  const ended = once(child, 'exit');
  try {
    expect(line).toMatchObject({ schema: 1, pid: child.pid });
    expect(Object.keys(line.endpoints)).toEqual([...portServers().map(({ system }) => system), 'control']);
    for (const url of Object.values(line.endpoints)) expect(url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    const folder = dirname(line.config);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    const files = readdirSync(folder);
    expect(files.filter((file) => file.endsWith('.sock'))).toHaveLength(80);
    for (const secret of ['pagerduty.token', 'splunk.token', 'aws-credentials', 'oncall.yaml']) {
      expect(statSync(join(folder, secret)).mode & 0o777).toBe(0o600);
    }
    const config = configSchema.parse(parse(readFileSync(line.config, 'utf8')));
    expect(config).toMatchObject({ practice: true, tribe: 'Harbour', default_environment: 'prod' });
    expect([Object.keys(config.services).length, config.squads.length, Object.keys(config.roles)]).toEqual([
      32,
      5,
      ['dingo', 'owl'],
    ]);
    expect([config.environments.prod?.guarded, config.environments.test?.guarded]).toEqual([true, false]);
    child.kill('SIGTERM');
    expect(await ended).toEqual([0, null]);
    expect(existsSync(folder)).toBe(false);
  } finally {
    child.kill('SIGKILL');
  }
});

test('ends with whoever holds its standard input, where that was asked for', async () => {
  const { child, line } = await start('--until-stdin-closes', '--speed', '60', '--scenario', 'quiet');
  const ended = once(child, 'exit');
  child.stdin?.end();
  expect(await ended).toEqual([0, null]);
  expect(existsSync(line.config)).toBe(false);
});

test('--tls: everything but control, by a certificate of the authority that the config names', async () => {
  const { child, line } = await start('--tls');
  const ended = once(child, 'exit');
  try {
    const config = configSchema.parse(parse(readFileSync(line.config, 'utf8')));
    expect(config.systems.pagerduty?.ca_file).toBe('ca.pem');
    const ca = readFileSync(join(dirname(line.config), 'ca.pem'), 'utf8');
    for (const system of ['pagerduty', 'splunk', 'aws']) {
      const [response] = await once(get(`${line.endpoints[system]}/`, { ca, agent: false }), 'response');
      expect(response.statusCode).toBeGreaterThanOrEqual(200);
      response.resume();
    }
    await expect(fetch(`${line.endpoints.pagerduty}/users/me`)).rejects.toThrow();
    expect(line.endpoints.control).toMatch(/^http:/);
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
});

test('wrong arguments are told in one line', async () => {
  expect(() => parseOptions(['--speed', 'fast'])).toThrow(PracticeUsage);
  expect(() => parseOptions(['--speed=0'])).toThrow('--speed must be a number, above 0');
  expect(() => parseOptions(['--seed', '1.5'])).toThrow('--seed must be a number, a whole number; not "1.5"');
  expect(() => parseOptions(['--what'])).toThrow(PracticeUsage);
  const child = spawn(process.execPath, [MAIN, '--scenario', 'nope'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (piece) => {
    said += piece;
  });
  expect(await once(child, 'close')).toEqual([64, null]);
  expect(said).toMatch(/^oncall demo: No scenario "nope"; there is: .*bad-deploy, .*\n$/);
});
