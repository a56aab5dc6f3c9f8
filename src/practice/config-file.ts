import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { stringify } from 'yaml';
import type { Setup } from './servers/server.ts';
import { HOLIDAYS } from './world/people.ts';
import type { PracticeService, WorldState } from './world/state.ts';

const PRIVATE = { mode: 0o600 };

export interface ConfigPlace {
  readonly folder: string;
  /** What leads to each server. */
  readonly setups: readonly Setup[];
  /** The certificate authority as PEM, for `ca.pem`; null: plain HTTP. */
  readonly ca: string | null;
}

/** Writes what a tribe would provision on its jump host: `oncall.yaml` with tokens and credentials beside it. */
export async function writeConfigFolder(state: WorldState, place: ConfigPlace): Promise<string> {
  const { folder, setups, ca } = place;
  const files = new Map(setups.flatMap((setup) => Object.entries(setup.files ?? {})));
  if (ca !== null) files.set('ca.pem', ca);
  files.set('oncall.yaml', stringify(configuration(state, place)));
  for (const path of files.keys()) await mkdir(dirname(join(folder, path)), { recursive: true, mode: 0o700 });
  await Promise.all([...files].map(([path, content]) => writeFile(join(folder, path), content, PRIVATE)));
  return join(folder, 'oncall.yaml');
}

function configuration(state: WorldState, { folder, setups }: ConfigPlace): Record<string, unknown> {
  const merged = (parts: readonly (object | undefined)[]): object => Object.assign({}, ...parts);
  const environment = (guarded: boolean) => ({
    guarded,
    ...merged(setups.map((setup) => setup.environment)),
    containers: { socket: `unix://${folder}/{instance}.sock` },
  });
  const service = (each: PracticeService) => ({
    squad: each.squad,
    image: each.repository,
    ...merged(setups.map((setup) => setup.service?.(each))),
    runbook: `https://runbooks.harbour.example/${each.name}`,
    environments: { prod: { stack: each.stacks.prod }, test: { stack: each.stacks.test } },
  });
  return {
    practice: true,
    tribe: 'Harbour',
    squads: state.squads.map((squad) => ({
      id: squad.id,
      name: squad.name,
      escalation_policy: squad.policyId,
      schedule: squad.scheduleId,
      slack_channel: squad.slackChannel,
    })),
    roles: Object.fromEntries(
      state.roles.map((role) => [
        role.name,
        {
          schedule: role.policyId,
          ...(role.hours === null ? {} : { hours: role.hours }),
          time_zone: role.timeZone,
        },
      ]),
    ),
    holidays: HOLIDAYS,
    default_environment: 'prod',
    environments: { prod: environment(true), test: environment(false) },
    systems: merged(setups.map((setup) => setup.systems)),
    services: Object.fromEntries(state.services.map((each) => [each.name, service(each)])),
  };
}
