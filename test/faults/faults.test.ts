import { readdirSync, readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import { PracticeWorld } from '../support/practice.ts';
import { Home, runOncall } from '../support/run-oncall.ts';
import { faultsPage } from './page.ts';
import { type Drill, readFaultTable } from './table.ts';

const table = readFaultTable();
const STORIES = readdirSync('test/e2e')
  .filter((file) => file.endsWith('.test.ts'))
  .map((file) => readFileSync(`test/e2e/${file}`, 'utf8'))
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
  const oncall = (line: string, extra: Record<string, string> = {}) =>
    runOncall([...line.split(' '), '--config', world?.config ?? ''], { ...home?.env, ...extra });
  const command = await fillIn(drill.run, world);
  if (drill.before !== undefined) await oncall(drill.before);
  if (drill.event !== undefined) await world.event(drill.event);
  for (const fault of drill.faults) await world.fault(fault);

  const ran = await oncall(command, drill.env);

  expect(ran.exit, `${ran.stdout}\n${ran.stderr}`).toBe(drill.exit);
  for (const pattern of drill.stdout) expect(ran.stdout).toMatch(new RegExp(pattern));
  for (const pattern of drill.stderr) expect(ran.stderr).toMatch(new RegExp(pattern));
  for (const pattern of drill.never) expect(ran.stdout + ran.stderr).not.toMatch(new RegExp(pattern, 'u'));
  for (const [path, value] of Object.entries(drill.json))
    expect(at(JSON.parse(ran.stdout), path), path).toEqual(value);
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

/** Replaces `{service}` by the id of that service's incident. */
async function fillIn(command: string, world: PracticeWorld): Promise<string> {
  let filled = command;
  for (const [placeholder, service = ''] of command.matchAll(/\{([\w-]+)\}/g)) {
    filled = filled.replace(placeholder, (await world.incident(service)).id);
  }
  return filled;
}

function at(document: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((value, step) => {
    if (Array.isArray(value)) return value.find((entry) => entry.name === step);
    return (value as Record<string, unknown> | null)?.[step];
  }, document);
}
