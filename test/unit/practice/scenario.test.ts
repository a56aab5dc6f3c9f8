import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { table } from '../../../src/commands/table.ts';
import { createWorld, EPOCH } from '../../../src/practice/world/create.ts';
import { loadScenario, parseScenario, scenarioNames } from '../../../src/practice/world/scenario.ts';

const OWN = `
name: own
story: The cart's disk fills up.
incidents:
  - service: cart
    title: disk 97%
    urgency: low
    triggered: 2026-11-17T02:00:00Z
`;

test('a scenario is a file: one of our own needs no code', () => {
  const folder = mkdtempSync(join(tmpdir(), 'scenario-'));
  try {
    const file = join(folder, 'own.yaml');
    writeFileSync(file, OWN);
    const world = createWorld({ scenario: file, seed: 1, speed: 1 });
    const open = world.state.incidents.filter((incident) => incident.status !== 'resolved');
    expect(open.map((incident) => [incident.title, EPOCH - incident.createdAt])).toEqual([
      ['disk 97%', 72 * 60_000],
    ]);
    expect(world.state.scenario).toBe('own');
    world.stop();
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('every scenario that comes along makes a world', () => {
  expect(scenarioNames()).toContain('bad-deploy');
  for (const scenario of scenarioNames()) createWorld({ scenario, seed: 3, speed: 1 }).stop();
});

test('the help of the demo and the README name every scenario that comes along', () => {
  const examples = table.find(({ name }) => name === 'demo')?.examples ?? [];
  const readme = readFileSync('README.md', 'utf8');
  for (const scenario of scenarioNames()) {
    expect(examples.flat().some((text) => text.includes(scenario))).toBe(true);
    expect(readme).toContain(`| \`${scenario}\` |`);
  }
});

test('a wrong scenario says what is wrong and where', () => {
  expect(() => loadScenario('bad-day')).toThrow('No scenario "bad-day"; there is: az-outage, bad-deploy');
  expect(() => parseScenario('name: x\nstory: y\ndeploy: []', 'x.yaml')).toThrow(/x\.yaml: .*deploy/s);
  expect(() => parseScenario('name: [', 'x.yaml')).toThrow('x.yaml');
  const stranger = parseScenario(OWN.replace('service: cart', 'service: carts'), 'own.yaml');
  expect(() => createWorld({ scenario: 'own', seed: 1, speed: 1 }, stranger)).toThrow(
    'does not exist: carts',
  );
});
