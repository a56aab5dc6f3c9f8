import { appendFileSync, mkdirSync, readdirSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { stateFolderOf } from '../../src/config/state.ts';
import { PracticeWorld } from '../support/practice.ts';
import { beginOncall, Home, type Ran, runOncall } from '../support/run-oncall.ts';
import { faultsPage } from './page.ts';
import { type Drill, type Run, readFaultTable } from './table.ts';

const table = readFaultTable();
const STORIES = ['test/e2e', 'test/real']
  .flatMap((folder) => readdirSync(folder).map((file) => join(folder, file)))
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

let world: PracticeWorld | undefined;
let home: Home | undefined;

afterEach(async () => {
  await world?.stop();
  home?.remove();
  world = undefined;
  home = undefined;
});

test('every row has its proof, or says why it has none yet', () => {
  expect(table.map(({ row }) => row)).toEqual(Array.from({ length: 40 }, (_, index) => index + 1));
  for (const { row, drills, stories, tests, later } of table) {
    const proofs = drills.length + stories.length + tests.length;
    expect(proofs > 0 || later !== undefined, `row ${row}`).toBe(true);
    for (const proof of tests) {
      const [file = '', name = ''] = proof.split(' › ');
      expect(readFileSync(file, 'utf8'), `row ${row}: ${proof}`).toContain(name);
    }
    for (const story of stories) expect(STORIES, `row ${row}`).toContain(`'${story}'`);
  }
});

test('docs/faults.md is as the table makes it (npm run docs)', () => {
  expect(readFileSync('docs/faults.md', 'utf8')).toBe(faultsPage());
});

for (const { row, fault, expected, drills } of table) {
  describe.runIf(drills.length > 0)(`${row} ${fault}: ${expected}`, () => {
    for (const drill of drills) test(`oncall ${drill.run}`, () => run(drill));
  });
}

async function run(drill: Drill): Promise<void> {
  home = new Home();
  world = await PracticeWorld.start('--speed', `${drill.speed}`, ...drill.args);
  const { config } = world;
  const env = { ...home.env, ...drill.env };
  if (drill.before !== undefined) await runOncall(await wordsOf(drill.before, world), home.env);
  if (drill.event !== undefined) await world.event(drill.event);
  for (const fault of drill.faults) await world.fault(fault);
  if (drill.killed !== undefined) await runAndKill(drill.killed, world, env);
  if (drill.journal !== undefined) spoilJournal(drill.journal, stateFolderOf(config, home.env));

  for (const each of [drill, ...drill.next]) {
    seen(each, await runOncall(await wordsOf(each.run, world), env));
  }

  for (const [system, operations] of Object.entries(drill.mutations))
    expect(await world.mutations(system), system).toEqual(operations);
  for (const [system, operations] of Object.entries(drill.once)) {
    const sent = await world.mutations(system);
    for (const operation of operations)
      expect(sent.filter((each) => each === operation)).toEqual([operation]);
  }
  for (const [service, status] of Object.entries(drill.incidents))
    expect((await world.incident(service)).status, service).toBe(status);
}

function seen(expected: Run, ran: Ran): void {
  expect(ran.exit, `${ran.stdout}\n${ran.stderr}`).toBe(expected.exit);
  for (const pattern of expected.stdout) expect(ran.stdout).toMatch(new RegExp(pattern));
  for (const pattern of expected.stderr) expect(ran.stderr).toMatch(new RegExp(pattern));
  for (const pattern of expected.never) expect(ran.stdout + ran.stderr).not.toMatch(new RegExp(pattern, 'u'));
  for (const [path, value] of Object.entries(expected.json))
    expect(at(JSON.parse(ran.stdout), path), path).toEqual(value);
}

async function runAndKill(
  { run, at }: NonNullable<Drill['killed']>,
  world: PracticeWorld,
  env: Record<string, string>,
): Promise<void> {
  const begun = beginOncall(await wordsOf(run, world), env);
  const got = async () => (await world.requests()).some(({ operation }) => operation === at);
  await expect.poll(got, { timeout: 15_000 }).toBe(true);
  begun.kill();
  expect((await begun.ended).exit).toBe(null);
}

function spoilJournal(how: 'full' | 'torn', folder: string): void {
  const file = join(folder, 'journal.jsonl');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  // Writing to it fails as it does on a full disk: full(4).
  if (how === 'full') symlinkSync('/dev/full', file);
  else appendFileSync(file, '{"schema":1,"id":"torn","state":"sen');
}

/** The command's words, with `{service}` replaced by the id of that service's incident, and this world's config. */
async function wordsOf(command: string, world: PracticeWorld): Promise<readonly string[]> {
  let filled = command;
  for (const [placeholder, service = ''] of command.matchAll(/\{([\w-]+)\}/g)) {
    filled = filled.replace(placeholder, (await world.incident(service)).id);
  }
  return [...filled.split(' '), '--config', world.config];
}

function at(document: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return value[Number(step)] ?? value.find((entry) => entry.name === step);
    return (value as Record<string, unknown> | null)?.[step];
  }, document);
}
