import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';
import type { Progress } from '../../../src/actions/types.ts';
import { Stage } from './stage.ts';

const ASK = { action: 'rollback', service: 'charge-central', environment: 'prod', to: '1.0.282' } as const;

/** A team's deploy tool: tells what it does, has the world deploy, and ends as it is told to. */
const TOOL = `
const [control, service, version, environment, intent, exit] = process.argv.slice(2);
console.log('deploying', service, version, 'to', environment, 'for', intent);
if (exit !== '0') { console.error('\u001b[31mno such cluster\u001b[0m'); process.exit(Number(exit)); }
const body = JSON.stringify({ kind: 'deploy', service, version, environment });
const answer = await fetch(control + '/events', { method: 'POST', body });
console.log('answered', answer.status);
`;

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oncall-'));
  vi.stubEnv('XDG_STATE_HOME', folder);
  onTestFinished(async () => {
    vi.unstubAllEnvs();
    await rm(folder, { recursive: true, force: true });
  });
  await writeFile(join(folder, 'deploy.mjs'), TOOL);
});

function stageWith(exit: string): Promise<Stage> {
  return Stage.set('bad-deploy', (config, { line }) => {
    const words = ['{service}', '{version}', '{environment}', '{intent}', exit];
    const command = [process.execPath, join(folder, 'deploy.mjs'), line.endpoints.control, ...words];
    config.setIn(['services', 'charge-central', 'deploy_with'], 'command');
    config.setIn(['services', 'charge-central', 'deploy_command'], command);
  });
}

test('a rollback through the team’s own command: planned, run, followed at the stack, verified', async () => {
  const stage = await stageWith('0');
  const plan = await stage.actions.plan(ASK);
  expect(plan.lines[0]).toBe(
    'Its deploy_command puts it out; it updates the stack charge-central (prod, account 210987654321, eu-west-1).',
  );
  const ids = plan.checks.map(({ id }) => id);
  expect(ids).toContain('pipeline');
  expect(ids).toContain('image-exists');
  expect(ids).not.toContain('change-set-scope');
  expect(plan.checks.filter(({ result }) => result === 'warn' || result === 'block')).toEqual([]);

  const seen: Progress[] = [];
  const outcome = await stage.actions.run(plan, { typed: 'charge-central', accepted: [] }, (progress) => {
    seen.push(progress);
    stage.watching(progress);
  });
  expect(outcome.text).toMatch(/^charge-central in prod is back at 1\.0\.282: /);
  expect(outcome.state).toBe('confirmed');
  expect(seen.at(-1)?.output).toEqual([
    `deploying charge-central 1.0.282 to prod for ${plan.intent}`,
    'answered 200',
  ]);
  expect(stage.parameter()).toBe('1.0.282');
  expect(await stage.mutations()).not.toContain('CreateChangeSet');
});

test('it fails: its exit code and what it said are told and kept, for this user alone', async () => {
  const stage = await stageWith('3');
  const plan = await stage.actions.plan(ASK);
  const outcome = await stage.run(plan);
  expect(outcome).toEqual({
    state: 'failed',
    text: expect.stringMatching(
      /^The deploy command failed \(exit code 3; it said last: .*no such cluster.*\)/,
    ),
  });
  expect(outcome.text).not.toContain('\u001b');
  const [state = ''] = await readdir(join(folder, 'oncall'));
  const kept = join(folder, 'oncall', state, 'deploys', plan.intent);
  expect(await readFile(join(kept, 'output.log'), 'utf8')).toContain('no such cluster');
  expect((await stat(join(kept, 'output.log'))).mode & 0o777).toBe(0o600);
  expect((await stat(kept)).mode & 0o777).toBe(0o700);
  expect(stage.parameter()).toBe('1.0.283');
});

test('another start takes it up by what it left behind, and begins nothing again', async () => {
  const stage = await stageWith('0');
  const plan = await stage.actions.plan(ASK);
  const leaves = new AbortController();
  const left = await stage.actions.run(
    plan,
    { typed: 'charge-central', accepted: [] },
    ({ output }) => {
      if (output.length > 0) leaves.abort();
    },
    leaves.signal,
  );
  expect(left.state).toBe('unknown');
  const again = stage.again();
  expect((await again.unfinished()).map(({ id }) => id)).toEqual([plan.intent]);
  const outcome = await again.attach(plan.intent, stage.watching);
  expect(outcome.state).toBe('confirmed');
  expect(stage.practice.world.state.deploys.filter(({ version }) => version === '1.0.282')).toHaveLength(3);
});

test('without a command the plan says what is missing, and nothing is begun', async () => {
  const stage = await Stage.set('bad-deploy', (config) => {
    config.setIn(['services', 'charge-central', 'deploy_with'], 'command');
  });
  const plan = await stage.actions.plan(ASK);
  expect(plan.checks).toContainEqual({
    id: 'pipeline',
    result: 'block',
    text: expect.stringContaining('services.<name>.deploy_command is missing'),
  });
});
