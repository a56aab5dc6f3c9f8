import { dirname, resolve } from 'node:path';
import type { z } from 'zod';
import { didYouMean } from '../insight/nearest.ts';
import { danglingNames, toCatalog } from './catalog.ts';
import { applyOverrides, type Override, readOverrides } from './env-overrides.ts';
import { readableSecrets } from './inline-secrets.ts';
import { type Path, type Problem, refuse } from './problem.ts';
import { type Config, configSchema, type UserConfig, userSchema } from './schema.ts';
import type { Source, Sources } from './sources.ts';
import type { LoadedConfig } from './types.ts';
import { validate } from './validate.ts';
import { readYaml, type YamlFile } from './yaml-file.ts';

/** Where a value in force came from: `file:line:column`, `$VARIABLE`, or `default`. */
export type Origin = (path: Path) => string;

/** A configuration that was read from its files and checked. */
export interface Checked {
  readonly loaded: LoadedConfig;
  readonly origin: Origin;
  readonly userFile: string | null;
  /** Whether a variable of the environment set a value. */
  readonly overridden: boolean;
}

/** The configuration in force, and where each value came from. Throws a ConfigError that names place and nearest name. */
export function checkConfig(sources: Sources, env: NodeJS.ProcessEnv): Checked {
  const { userFile } = sources;
  const { file, mode } = sources.tribe;
  const tribe = read(sources.tribe, 'ONCALL_', configSchema, env);
  refuseAny(danglingNames(tribe.value), tribe);
  refuseAny(readableSecrets(tribe.yaml.data, mode, file), tribe);

  const own = read(
    sources.user ?? { file: userFile, text: '', mode: 0o600 },
    'ONCALL_USER__',
    userSchema,
    env,
  );
  const user = identity(own.value, tribe.value.practice, env);
  refuseAny(unknownSystems(own.value, tribe.value), own);

  const setByEnvironment = tribe.overrides.some(({ path }) => path[0] === 'read_only');
  const config = {
    ...withTokens(tribe.value, user, dirname(userFile)),
    read_only: setByEnvironment ? tribe.value.read_only : (user.read_only ?? tribe.value.read_only),
  };
  return {
    loaded: { file, folder: dirname(file), config, user, catalog: toCatalog(config) },
    userFile: sources.user === null ? null : userFile,
    overridden: tribe.overrides.length > 0 || own.overrides.length > 0,
    origin(path) {
      const [first, system, third] = path;
      if (first === 'systems' && third === 'token' && user.tokens[String(system)] !== undefined) {
        return placeOf(own, ['tokens', String(system)]);
      }
      if (first === 'read_only' && !setByEnvironment && user.read_only !== undefined) {
        return placeOf(own, path);
      }
      return originOf(tribe, path);
    },
  };
}

interface ReadFile<T> {
  readonly yaml: YamlFile;
  readonly overrides: readonly Override[];
  readonly value: T;
}

function read<S extends z.ZodType>(
  source: Source,
  prefix: string,
  schema: S,
  env: NodeJS.ProcessEnv,
): ReadFile<z.output<S>> {
  const yaml = readYaml(source);
  const overrides = readOverrides(prefix, schema, yaml.data, env);
  const result = validate(schema, applyOverrides(yaml.data, overrides));
  if ('value' in result) return { yaml, overrides, value: result.value };
  const readable =
    (source.mode & 0o077) !== 0
      ? ` Others may read this file: chmod 600 ${source.file}, and replace that token.`
      : '';
  const problems = result.problems.map((problem) =>
    problem.message.includes('never the token itself') && yaml.has(problem.path)
      ? { ...problem, message: `${problem.message}${readable}` }
      : problem,
  );
  return refuse(problems, (problem) => placeOf({ yaml, overrides }, problem.path, problem.atKey));
}

function refuseAny(problems: readonly Problem[], from: Pick<ReadFile<unknown>, 'yaml' | 'overrides'>): void {
  if (problems.length > 0) refuse(problems, (problem) => placeOf(from, problem.path, problem.atKey));
}

function placeOf(from: Pick<ReadFile<unknown>, 'yaml' | 'overrides'>, path: Path, atKey?: boolean): string {
  const override = from.overrides.find((each) => each.path.every((key, index) => path[index] === key));
  if (override !== undefined) return `$${override.variable}`;
  return from.yaml.place(atKey === undefined ? { path } : { path, atKey });
}

function originOf(from: Pick<ReadFile<unknown>, 'yaml' | 'overrides'>, path: Path): string {
  const overridden = from.overrides.some((each) => each.path.every((key, index) => path[index] === key));
  return overridden || from.yaml.has(path) ? placeOf(from, path) : 'default';
}

/** Who you are: `$ONCALL_USER_EMAIL` over `user.yaml`. In the practice world you are whom it says, and real tokens stay out. */
function identity(user: UserConfig, practice: boolean, env: NodeJS.ProcessEnv): UserConfig {
  const { email, ...rest } = user;
  const own = env.ONCALL_USER_EMAIL || (practice ? undefined : email);
  return { ...rest, tokens: practice ? {} : user.tokens, ...(own === undefined ? {} : { email: own }) };
}

function unknownSystems(user: UserConfig, config: Config): readonly Problem[] {
  const known = Object.keys(config.systems);
  return Object.keys(user.tokens)
    .filter((name) => !known.includes(name))
    .map((name) => ({
      path: ['tokens', name],
      atKey: true,
      message: `there is no system '${name}'.${didYouMean(name, known) || ` Known: ${known.join(', ')}.`}`,
    }));
}

/** One's own way to a token wins over the tribe's. */
function withTokens(config: Config, user: UserConfig, userFolder: string): Config {
  const systems = structuredClone(config.systems);
  for (const [name, settings] of Object.entries(systems)) {
    const own = user.tokens[name];
    if (own === undefined || settings === undefined) continue;
    settings.token = own.file === undefined ? own : { ...own, file: resolve(userFolder, own.file) };
  }
  return { ...config, systems };
}
