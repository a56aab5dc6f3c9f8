import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { PracticeWorld } from '../support/practice.ts';
import { Home, runOncall } from '../support/run-oncall.ts';

let practice: PracticeWorld;
let home: Home;

beforeAll(async () => {
  practice = await PracticeWorld.start();
  home = new Home();
});

afterAll(async () => {
  await practice?.stop();
  home?.remove();
});

const env = (more: Readonly<Record<string, string>> = {}) => ({
  ...home.env,
  ONCALL_CONFIG: practice.config,
  ...more,
});

test('all is well in the practice world; then a token is refused, and only that fails', async () => {
  const well = await runOncall(['doctor'], env());
  expect(well).toMatchObject({ exit: 0, stderr: '' });
  expect(well.stdout).toMatch(/^ok +pagerduty +Sam Okafor/m);
  expect(well.stdout).toMatch(/^all is well$/m);

  await practice.fault({ system: 'splunk', fault: 'status', status: 401, times: 20 });
  const ill = await runOncall(['doctor', '--json'], env());
  expect(ill).toMatchObject({ exit: 1, stderr: '' });
  const told = JSON.parse(ill.stdout);
  expect(told).toMatchObject({ schema: 1, practice: true, at: expect.stringMatching(/Z$/) });
  const bad = told.checks.filter(({ ok }: { ok: boolean }) => !ok);
  expect(bad).toEqual([
    {
      system: 'splunk',
      env: null,
      ok: false,
      latency_ms: null,
      identity: null,
      missing: [],
      skew_s: null,
      skew_pagerduty_s: null,
      budget: null,
      problem: expect.any(String),
      error: { code: 'unauthorized', message: expect.any(String) },
      fix: expect.stringContaining('systems.splunk.token'),
    },
  ]);
});

test('a configuration that is wrong is a usage error that names the place and the nearest key', async () => {
  const file = join(home.folder, 'oncall.yaml');
  writeFileSync(file, 'tribe: X\nsqads: []\n');
  const { exit, stderr, stdout } = await runOncall(['doctor'], env({ ONCALL_CONFIG: file }));
  expect({ exit, stdout }).toEqual({ exit: 64, stdout: '' });
  expect(stderr).toMatch(/oncall\.yaml:2:1: unknown key 'sqads'\. Did you mean squads\?/);
});

test('a state folder that cannot be written is told', async () => {
  const file = join(home.folder, 'no-folder');
  writeFileSync(file, '');
  const { exit, stdout } = await runOncall(['doctor'], env({ XDG_STATE_HOME: file }));
  expect(exit).toBe(1);
  expect(stdout).toMatch(/^FAIL +state +Nothing can be written/m);
  expect(stdout).toMatch(/→ .*XDG_STATE_HOME/);
});

test('versions are completed from the last snapshot while the registry does not answer', async () => {
  const state = join(home.folder, 'elsewhere');
  await runOncall(['status', '--all'], env({ XDG_STATE_HOME: state }));
  await practice.fault({ system: 'aws', fault: 'hang', times: 100 });
  const words = ['rollback', 'charge-central', '--to', '1.0.28', '.'].join('\n');
  const { exit, stdout, stderr } = await runOncall(
    ['complete'],
    env({ ONCALL_WORDS: words, XDG_STATE_HOME: state }),
  );
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: '' });
  expect(stdout).toMatch(/^1\.0\.283\tdeployed to prod by/m);
});
