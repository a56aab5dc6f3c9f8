import { didYouMean } from '../insight/nearest.ts';
import type { Catalog, Service } from '../model/catalog.ts';
import { freezeProblem, toFreeze } from './freeze.ts';
import type { Problem } from './problem.ts';
import type { Config } from './schema.ts';
import { toWorkdays, workdayProblems } from './workdays.ts';

/** Names in the configuration that name nothing. */
export function danglingNames(config: Config): readonly Problem[] {
  const problems: Problem[] = [];
  const squads = config.squads.map((squad) => squad.id);
  const environments = Object.keys(config.environments);
  const need = (
    path: Problem['path'],
    kind: string,
    name: string,
    known: readonly string[],
    atKey = false,
  ) => {
    if (known.includes(name)) return;
    const hint = didYouMean(name, known) || ` Known: ${known.join(', ')}.`;
    problems.push({ path, atKey, message: `there is no ${kind} '${name}'.${hint}` });
  };
  need(['default_environment'], 'environment', config.default_environment, environments);
  for (const [name, service] of Object.entries(config.services)) {
    need(['services', name, 'squad'], 'squad', service.squad, squads);
    for (const environment of Object.keys(service.environments)) {
      need(['services', name, 'environments', environment], 'environment', environment, environments, true);
    }
    for (const environment of Object.keys(service.newrelic_entity ?? {})) {
      need(
        ['services', name, 'newrelic_entity', environment],
        'environment',
        environment,
        environments,
        true,
      );
    }
  }
  config.freeze.forEach((freeze, index) => {
    const path = ['freeze', index] as const;
    freeze.environments?.forEach((name, at) => {
      need([...path, 'environments', at], 'environment', name, environments);
    });
    freeze.services?.forEach((name, at) => {
      need([...path, 'services', at], 'service', name, Object.keys(config.services));
    });
    const wrong = freezeProblem(freeze);
    if (wrong !== null) problems.push({ path: [...path, wrong.key], message: wrong.message });
  });
  config.squads.forEach((squad, index) => {
    if (squads.indexOf(squad.id) !== index) {
      problems.push({ path: ['squads', index, 'id'], message: `there are two squads '${squad.id}'.` });
    }
  });
  return [...problems, ...workdayProblems(config.roles, config)];
}

/** The tribe as the rest of the program knows it. */
export function toCatalog(config: Config): Catalog {
  return {
    tribe: config.tribe,
    practice: config.practice,
    squads: config.squads.map((squad) => ({
      id: squad.id,
      name: squad.name,
      escalationPolicy: squad.escalation_policy,
      schedule: squad.schedule ?? null,
      slackChannel: squad.slack_channel ?? null,
    })),
    roles: Object.entries(config.roles).map(([name, role]) => ({
      name,
      schedule: role.schedule,
      hours: role.hours ?? null,
      timeZone: role.time_zone,
      workdays: toWorkdays(role, config),
    })),
    environments: Object.entries(config.environments).map(([name, { guarded }]) => ({ name, guarded })),
    defaultEnvironment: config.default_environment,
    services: Object.entries(config.services).map(([name, service]) => toService(name, service)),
    freezes: config.freeze.map(toFreeze),
    migrationLabels: config.migration_labels,
  };
}

function toService(name: string, service: Config['services'][string]): Service {
  const placements = Object.entries(service.environments).map(([environment, placement]) => [
    environment,
    { stack: placement.stack, imageParameter: placement.image_parameter },
  ]);
  return {
    name,
    squad: service.squad,
    pagerService: service.pagerduty_service ?? null,
    logs: service.logs ?? null,
    logGroup: service.log_group ?? null,
    image: service.image ?? null,
    runbook: service.runbook ?? null,
    knownAs: knownAs(service, Object.keys(service.environments)),
    deployWith: service.deploy_with,
    deployCommand: service.deploy_command ?? null,
    in: Object.fromEntries(placements),
  };
}

function knownAs(service: Config['services'][string], environments: readonly string[]): readonly string[] {
  const stacks = Object.values(service.environments).map(({ stack }) => stack);
  const templates = [...service.alarms, ...service.dead_letter_queues, ...service.functions];
  const filled = templates.flatMap((text) =>
    environments.map((environment) => text.replaceAll('{environment}', environment)),
  );
  return [...new Set([...stacks, ...filled])];
}
