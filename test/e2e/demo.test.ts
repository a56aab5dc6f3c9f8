import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { ONCALL } from '../support/practice.ts';
import { Home, runOncall } from '../support/run-oncall.ts';
import { RealTerminal } from '../support/terminal.ts';

let home: Home;

beforeEach(() => {
  home = new Home();
});

afterEach(() => home.remove());

describe('oncall demo --headless', () => {
  test.each([
    ['http', []],
    ['https', ['--tls']],
  ])('prints its one line, serves %s, and leaves nothing behind', async (scheme, args) => {
    const child = spawn(process.execPath, [ONCALL, 'demo', '--headless', ...args], {
      env: { PATH: process.env.PATH ?? '', ...home.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.setEncoding('utf8').on('data', (text) => {
      stdout += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      stderr += text;
    });
    try {
      await expect.poll(() => stdout, { timeout: 10_000 }).toMatch(/\n$/);
      const url = (scheme_: string) =>
        expect.stringMatching(new RegExp(`^${scheme_}://127\\.0\\.0\\.1:\\d+$`));
      const line = JSON.parse(stdout);
      expect(line).toEqual({
        schema: 1,
        config: expect.stringMatching(/^\/.*\/oncall\.yaml$/),
        endpoints: expect.objectContaining({
          pagerduty: url(scheme),
          splunk: url(scheme),
          aws: url(scheme),
          slack: url(scheme),
          newrelic: url(scheme),
          control: url('http'),
        }),
        pid: child.pid,
      });
      // The configuration alone suffices.
      const ran = await runOncall(['status', '--all', '--json', '--config', line.config], home.env);
      expect(ran).toMatchObject({ exit: 2, stderr: '' });
      const { systems } = JSON.parse(ran.stdout) as { systems: { name: string; ok: boolean }[] };
      expect(systems.map(({ name, ok }) => `${name} ${ok}`)).toEqual(
        expect.arrayContaining(['aws true', 'docker true', 'pagerduty true', 'splunk true']),
      );
      expect(systems.filter(({ ok }) => ok === false)).toEqual([]);
      const closed = once(child, 'close');
      child.kill('SIGTERM');
      expect(await closed).toEqual([0, null]);
      expect({ lines: stdout.split('\n').length, stderr }).toEqual({ lines: 2, stderr: '' });
      expect(existsSync(dirname(line.config))).toBe(false);
    } finally {
      if (child.exitCode === null && child.signalCode === null) child.kill('SIGKILL');
    }
  });
});

describe('oncall demo, which is npm start', () => {
  /** A temporary folder of its own shows what is left behind. */
  function demoEnvironment(): Record<string, string> {
    const temporary = join(home.folder, 't');
    mkdirSync(temporary);
    return { ...home.env, TMPDIR: temporary };
  }

  async function nothingIsLeft(): Promise<void> {
    const folders = () => readdirSync(join(home.folder, 't')).filter((name) => name.startsWith('oncall-'));
    await expect.poll(folders, { timeout: 10_000 }).toEqual([]);
    await expect.poll(() => processesOf(home.folder), { timeout: 10_000 }).toEqual([]);
    expect(existsSync(join(home.folder, 'state'))).toBe(false);
  }

  test('is what npm start runs', () => {
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
    expect(scripts.start).toBe('node bin/oncall.js demo');
  });

  test('without a terminal: the status once, exit 0, whatever the person has set for real work', async () => {
    const own = {
      ONCALL_USER_EMAIL: 'dora@harbour.example',
      ONCALL_CONFIG: '/nowhere/oncall.yaml',
      ONCALL_SYSTEMS__PAGERDUTY__URL: 'http://127.0.0.1:9',
      ONCALL_SYSTEM__OLD: 'x',
      AWS_PROFILE: 'nobody',
      AWS_REGION: 'us-east-1',
      AWS_ENDPOINT_URL: 'http://127.0.0.1:9',
      HTTP_PROXY: 'http://127.0.0.1:9',
      http_proxy: 'http://127.0.0.1:9',
      DOCKER_HOST: 'tcp://127.0.0.1:9',
    };
    const env = demoEnvironment();
    for (const more of [{}, own]) {
      const { exit, stdout, stderr } = await runOncall(['demo'], { ...env, ...more });
      expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
      expect(stdout).toMatch(/PRACTICE prod {2}2 triggered {2}1 acked {3}Owl: you, until 09:00/);
      expect(stdout.match(/charge-central/g)).toHaveLength(1);
    }
    await nothingIsLeft();
  });

  test.each(['q', 'SIGTERM', 'SIGHUP', 'SIGKILL'])('on a terminal: nothing is left after %s', async (end) => {
    const terminal = new RealTerminal(process.execPath, [ONCALL, 'demo'], {
      columns: 120,
      rows: 40,
      env: demoEnvironment(),
    });
    try {
      await terminal.until('the cockpit', (text) => text.includes('2 triggered 1 acked'));
      if (CAN_SEE_PROCESSES) expect(processesOf(home.folder).length).toBeGreaterThanOrEqual(2);
      if (end === 'q') terminal.write('q');
      else process.kill(terminal.pid, end);
      await terminal.exited();
      await nothingIsLeft();
    } finally {
      await terminal.close();
    }
  });
});

const CAN_SEE_PROCESSES = existsSync('/proc/self/environ');

/** Processes, by id, that were started with this folder as their home. */
function processesOf(folder: string): readonly string[] {
  if (!CAN_SEE_PROCESSES) return [];
  return readdirSync('/proc').filter((name) => {
    if (!/^\d+$/.test(name)) return false;
    try {
      return readFileSync(`/proc/${name}/environ`, 'utf8').includes(`HOME=${folder}\0`);
    } catch {
      return false;
    }
  });
}
