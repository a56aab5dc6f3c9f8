import { resolve } from 'node:path';
import * as z from 'zod';
import { toCatalog } from './catalog.ts';
import { refuse } from './problem.ts';
import { type Config, configSchema, environmentSchema, userSchema } from './schema.ts';
import type { Source } from './sources.ts';
import { systemsSchema } from './systems/index.ts';
import type { LoadedConfig } from './types.ts';
import { validate } from './validate.ts';
import { readYaml } from './yaml-file.ts';

const names = z.array(z.string().min(1));

/**
 * What a person tells `oncall init`: the head of an `oncall.yaml`, and where to look for the rest. It is kept while
 * they answer, and `--from` reads it; relative paths in it are relative to it.
 */
export const answersSchema = z.strictObject({
  tribe: z.string().min(1).optional(),
  practice: z.boolean().optional(),
  default_environment: z.string().optional(),
  environments: z
    .record(z.string(), environmentSchema.extend({ guarded: z.boolean().optional() }))
    .optional(),
  systems: systemsSchema.default({}),
  left_out: names.default([]).describe('Systems that are not asked about any more.'),
  look_in: z
    .strictObject({
      organisations: names.optional().describe('Of GitHub.'),
      catalogs: names.optional().describe("Backstage's catalog-info.yaml, or folders with some."),
      teams: names
        .optional()
        .describe("PagerDuty's teams that are squads of the tribe. Default: all of them."),
      duties: names
        .optional()
        .describe('Escalation policies of one person for the whole tribe. Default: those with hours.'),
    })
    .default({}),
});

export type Answers = z.output<typeof answersSchema>;

export const NO_ANSWERS: Answers = answersSchema.parse({});

/** Throws a ConfigError with the place. */
export function readAnswers(source: Source, folder: string): Answers {
  const yaml = readYaml(source);
  const result = validate(answersSchema, yaml.data);
  if ('problems' in result) refuse(result.problems, (problem) => yaml.place(problem));
  // Validated again, so that what is resolved keeps its type.
  return answersSchema.parse(withAbsolutePaths(result.value, folder));
}

const PATHS = new Set(['file', 'ca_file', 'credentials_file', 'config']);

function withAbsolutePaths(value: unknown, folder: string): unknown {
  if (Array.isArray(value)) return value;
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, below]) => [
      key,
      PATHS.has(key) && typeof below === 'string' && !below.startsWith('~/')
        ? resolve(folder, below)
        : withAbsolutePaths(below, folder),
    ]),
  );
}

type Environments = NonNullable<Answers['environments']>;

export function withEnvironment(
  answers: Answers,
  name: string,
  more: Partial<Environments[string]>,
): Answers {
  const environments: Environments = answers.environments ?? {};
  return { ...answers, environments: { ...environments, [name]: { ...environments[name], ...more } } };
}

export interface Placements {
  readonly [service: string]: { readonly environment: string; readonly stack: string };
}

/**
 * A configuration of what is known so far, good enough to ask its systems who we are.
 * @param stacks some that are known to be there, to find an instance by
 */
export function provisional(
  answers: Answers,
  place: { readonly file: string; readonly folder: string; readonly email: string | undefined },
  stacks: Placements = {},
): LoadedConfig {
  const { tribe, practice, environments = {}, systems } = answers;
  const [first = 'prod'] = Object.keys(environments);
  const config: Config = configSchema.parse({
    practice: practice ?? false,
    tribe: tribe ?? 'tribe',
    squads: [{ id: 'squad', name: 'squad', escalation_policy: 'none' }],
    default_environment: answers.default_environment ?? first,
    environments,
    systems,
    services: Object.fromEntries(
      Object.entries(stacks).map(([name, { environment, stack }]) => [
        name,
        { squad: 'squad', environments: { [environment]: { stack } } },
      ]),
    ),
  });
  const user = userSchema.parse(place.email === undefined ? {} : { email: place.email });
  return { file: place.file, folder: place.folder, config, user, catalog: toCatalog(config) };
}
