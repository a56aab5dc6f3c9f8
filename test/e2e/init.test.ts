import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ONCALL, PracticeWorld } from '../support/practice.ts';
import { Home, runOncall } from '../support/run-oncall.ts';
import { RealTerminal } from '../support/terminal.ts';
import { Cockpit } from './cockpit.ts';
import { Newcomer } from './newcomer.ts';

let practice: PracticeWorld;
let home: Home;
let file: string;

beforeAll(async () => {
  practice = await PracticeWorld.start();
  home = new Home();
  file = join(home.env.XDG_CONFIG_HOME ?? '', 'oncall', 'oncall.yaml');
});

afterAll(async () => {
  await practice?.stop();
  home?.remove();
});

function init(...args: readonly string[]): RealTerminal {
  return new RealTerminal(process.execPath, [ONCALL, 'init', ...args], {
    columns: 160,
    rows: 45,
    env: home.env,
  });
}

test('on an empty home: questions answered once lead to a green doctor and a cockpit with every pane', async () => {
  const first = init();
  const newcomer = new Newcomer(first, practice.config);
  await newcomer.answers(/Name of your tribe/, 'Harbour');
  await newcomer.answers(/Address/, practice.endpoints.pagerduty ?? '');
  await newcomer.answers(/Events address/, '');
  await newcomer.answers(/How/, '1');
  await newcomer.answers(/Command/, 'u+practice-sam-okafor');
  await first.until('a refused token', (text) => /This looks like the token itself/.test(text));
  first.write('\x03');
  expect(await first.exited()).toBe(5);
  expect(first.text()).toMatch(/Nothing was written\.\s+Your answers are kept in/);

  const second = init();
  expect(await new Newcomer(second, practice.config).answersAll()).toBe(0);
  expect(second.text()).toContain(file);
  expect(statSync(file).mode & 0o777).toBe(0o644);
  const text = readFileSync(file, 'utf8');
  expect(text).toMatch(/^# yaml-language-server: \$schema=\.\/oncall\.schema\.json$/m);
  expect(text).not.toMatch(/practice-sam-okafor|practice\.splunk\.token/);
  const configured = parse(readFileSync(practice.config, 'utf8'));
  const written = parse(text);
  expect(Object.keys(written.systems).toSorted()).toEqual(Object.keys(configured.systems).toSorted());
  expect(written).toMatchObject({ practice: true, tribe: 'Harbour', default_environment: 'prod' });

  const doctor = await runOncall(['doctor'], home.env);
  expect(doctor.stdout).toMatch(/^all is well$/m);
  expect(doctor.stdout).not.toMatch(/not configured/);
  expect(doctor.exit).toBe(0);

  const cockpit = Cockpit.open({ config: file, home });
  try {
    await cockpit.sees(/charge-central 5xx above 2%/);
    await cockpit.press('j');
    await cockpit.sees(/2 Deploys ─ charge-central/);
    await cockpit.sees('SUSPECT');
    await cockpit.sees(/3 Fleet ─ charge-central.*[\s\S]*InService/);
    await cockpit.sees(/containers/);
    await cockpit.sees(/4 Logs ─ charge-central[\s\S]*NoMethodError/);
    await cockpit.sees(/5 Signals ─[\s\S]*charge-central/);
  } finally {
    await cockpit.close();
  }
}, 120_000);

test('an address that was mistyped is corrected, and what followed from it with it', async () => {
  const { pagerduty = '', splunk = '' } = practice.endpoints;
  const elsewhere = join(home.env.XDG_CONFIG_HOME ?? '', 'elsewhere.yaml');
  const terminal = init('--file', elsewhere);
  const newcomer = new Newcomer(terminal, practice.config);
  await newcomer.answers(/Name of your tribe/, 'Harbour');
  await newcomer.answers(/Address/, splunk);
  await newcomer.answers(/Events address/, '');
  await newcomer.answers(/How/, '3');
  await newcomer.answers(/File/, join(dirname(practice.config), 'pagerduty.token'));
  await newcomer.answers(/What now/, '1');
  await newcomer.answers(/Address/, pagerduty);
  await newcomer.answers(new RegExp(`Events address \\[${pagerduty}\\]`), '');
  process.kill(terminal.pid, 'SIGTERM');
  expect(await terminal.exited()).toBe(143);
}, 60_000);

test('without a terminal it wants answers in a file, and never replaces a configuration unasked', async () => {
  const silent = await runOncall(['init'], home.env);
  expect(silent).toMatchObject({ exit: 64, stderr: expect.stringContaining('--from') });
  const answers = join(dirname(practice.config), 'answers.yaml');
  expect((await runOncall(['init', '--from', answers], home.env)).exit).toBe(64);
});
