import { HOUR, MINUTE, SECOND } from '../../model/instant.ts';
import { badVersion } from './bad-version.ts';
import { brokenImages } from './broken-images.ts';
import { createClock } from './clock.ts';
import { createEffects } from './effects.ts';
import { createIncidentEngine } from './incidents.ts';
import { createLogStore } from './logs.ts';
import { zoneOutage } from './outages.ts';
import { pastIncidents } from './past-incidents.ts';
import { openPipelines } from './pipelines.ts';
import { createRandom } from './random.ts';
import { loadScenario, type Scenario, ScenarioError } from './scenario.ts';
import { openStacks } from './stacks.ts';
import type { PracticePerson, PracticeService, WorldState } from './state.ts';
import { createTribe } from './tribe.ts';
import type { World, WorldOptions } from './world.ts';

/** World time when a world starts: a Tuesday night. */
export const EPOCH = Date.parse('2026-11-17T03:12:00Z');

/**
 * A world with its history behind it, at `EPOCH`. Its last hours are lived through on its own clock, so what is
 * open at the start came about as everything later does.
 */
export function createWorld(
  options: WorldOptions,
  scenario: Scenario = loadScenario(options.scenario),
): World {
  const beginning = Math.min(
    EPOCH - 2 * HOUR,
    ...[
      ...scenario.incidents.map(({ triggered }) => triggered),
      ...scenario.outages.map(({ since }) => since),
    ].map((at) => Math.floor(at / MINUTE) * MINUTE),
  );
  let realStart: number | null = null;
  const clock = createClock({
    epoch: beginning,
    speed: options.speed,
    monotonic: () => (realStart === null ? 0 : performance.now() - realStart),
  });
  const state = createTribe(scenario, options.seed, EPOCH);
  refuseStrangers(scenario, state);
  const random = (name: string) => createRandom(options.seed, name);
  state.incidents.push(...pastIncidents(state, EPOCH, random('past incidents')));

  const base = { state, now: clock.now, at: clock.at };
  const incidents = createIncidentEngine({ ...base, random: random('incidents') });
  const causes = [
    ...scenario.effects.map((effect) => badVersion(state, effect)),
    ...scenario.outages.map((outage) => zoneOutage({ ...base, random }, outage)),
  ];
  const effects = createEffects({ ...base, causes, incidents });
  const stacks = openStacks({ ...base, random }, brokenImages(scenario));

  for (const { service, title, urgency, details, triggered, acknowledged } of scenario.incidents) {
    clock.at(triggered, () => {
      const id = incidents.trigger({ service, title, urgency, details });
      if (acknowledged === undefined) return;
      const person = byEmail(state, acknowledged.by);
      clock.at(acknowledged.at, () => incidents.acknowledge(id, person.id));
    });
  }
  clock.at(beginning, effects.start);
  clock.advance((EPOCH - beginning) / SECOND);
  realStart = performance.now();

  return {
    ...base,
    options,
    random,
    incidents,
    stacks,
    pipelines: openPipelines({ ...base, random, stacks }),
    logs: createLogStore({ ...base, activeEffects: effects.active }),
    advance: clock.advance,
    activeEffects: effects.active,
    stop: clock.stop,
  };
}

/** A scenario may only speak of services and people that exist. */
function refuseStrangers(scenario: Scenario, state: WorldState): void {
  const troubles = [...scenario.effects, ...scenario.outages];
  const named = [
    ...scenario.deploys,
    ...scenario.effects,
    ...troubles.flatMap(({ incidents, echoes }) => [...incidents, ...echoes]),
    ...scenario.incidents,
    ...scenario.broken_images,
  ];
  for (const { service } of named) knownService(state, service);
  for (const { by, commits = [] } of scenario.deploys) {
    for (const author of [by, ...commits.map((commit) => commit.by)]) byEmail(state, author);
  }
}

function knownService(state: WorldState, name: string): PracticeService {
  const service = state.services.find((candidate) => candidate.name === name);
  if (service === undefined)
    throw new ScenarioError(`The scenario names a service that does not exist: ${name}`);
  return service;
}

function byEmail(state: WorldState, email: string): PracticePerson {
  const person = state.people.find((candidate) => candidate.email === email);
  if (person === undefined)
    throw new ScenarioError(`The scenario names somebody who does not exist: ${email}`);
  return person;
}
