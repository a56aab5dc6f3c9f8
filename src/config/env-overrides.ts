import { parse } from 'yaml';
import * as z from 'zod';
import { didYouMean } from '../insight/nearest.ts';
import { ConfigError } from './error.ts';
import type { Path } from './problem.ts';
import { child, knownKeys, unwrap } from './schema-walk.ts';

/** A value that the environment sets over the file's. */
export interface Override {
  readonly variable: string;
  readonly path: Path;
  readonly value: unknown;
}

/** Variables that are not a path into the configuration. */
const RESERVED = new Set(['ONCALL_CONFIG', 'ONCALL_USER_EMAIL']);

/**
 * Every value of the configuration can be set by `ONCALL_` and its path in capitals, levels joined by two
 * underscores, other signs as one: `ONCALL_SYSTEMS__PAGERDUTY__URL`, `ONCALL_SERVICES__CHARGE_CENTRAL__IMAGE`,
 * `ONCALL_SQUADS__BILLING__NAME` (a squad by its id). Lists and mappings are written as YAML.
 * A variable with two underscores that fits no key is an error; others with that prefix are not ours.
 */
export function readOverrides(
  prefix: string,
  schema: z.ZodType,
  data: unknown,
  env: NodeJS.ProcessEnv,
): readonly Override[] {
  const overrides: Override[] = [];
  for (const [variable, text] of Object.entries(env)) {
    if (!variable.startsWith(prefix) || RESERVED.has(variable) || text === undefined || text === '') continue;
    const steps = variable.slice(prefix.length).split('__');
    const isTopLevel = steps.length === 1 && matching(steps[0] ?? '', knownKeys(schema)) !== undefined;
    if (steps.length === 1 && !isTopLevel) continue;
    if (prefix === 'ONCALL_' && steps[0] === 'USER') continue;
    overrides.push(resolve(variable, steps, schema, data, text));
  }
  return overrides;
}

/** Sets the values in a copy; what is missing on the way is made. */
export function applyOverrides(
  data: Record<string, unknown>,
  overrides: readonly Override[],
): Record<string, unknown> {
  if (overrides.length === 0) return data;
  const copy = structuredClone(data);
  for (const { path, value } of overrides) {
    let here: Record<string | number, unknown> = copy;
    for (const key of path.slice(0, -1)) {
      const next = here[key];
      if (typeof next !== 'object' || next === null) here[key] = {};
      here = here[key] as Record<string | number, unknown>;
    }
    const last = path.at(-1);
    if (last !== undefined) here[last] = value;
  }
  return copy;
}

function resolve(
  variable: string,
  steps: readonly string[],
  root: z.ZodType,
  rootData: unknown,
  text: string,
): Override {
  const path: (string | number)[] = [];
  let schema: z.ZodType = root;
  let data: unknown = rootData;
  for (const step of steps) {
    const names = namesAt(schema, data);
    const key = matching(step, [...names.keys()]);
    const entry = key === undefined ? undefined : names.get(key);
    const below = entry === undefined ? null : child(schema, entry);
    if (entry === undefined || below === null)
      throw new ConfigError(noSuch(variable, step, [...names.keys()]));
    path.push(entry);
    schema = below;
    data =
      typeof data === 'object' && data !== null
        ? (data as Record<string | number, unknown>)[entry]
        : undefined;
  }
  return { variable, path, value: typed(variable, schema, text) };
}

/** What may stand at this level: the schema's keys, the record's own, a list's numbers and the ids of its items. */
function namesAt(schema: z.ZodType, data: unknown): Map<string, string | number> {
  const names = new Map<string, string | number>(knownKeys(schema).map((key) => [key, key]));
  if (names.size > 0 || typeof data !== 'object' || data === null) return names;
  if (!Array.isArray(data)) return new Map(Object.keys(data).map((key) => [key, key]));
  data.forEach((item: unknown, index) => {
    names.set(String(index), index);
    const id = typeof item === 'object' && item !== null && 'id' in item ? item.id : undefined;
    if (typeof id === 'string') names.set(id, index);
  });
  return names;
}

function matching(step: string, names: readonly string[]): string | undefined {
  return names.find((name) => asVariable(name) === step.toUpperCase());
}

function asVariable(name: string): string {
  return name.toUpperCase().replaceAll(/[^A-Z0-9]/g, '_');
}

function noSuch(variable: string, step: string, names: readonly string[]): string {
  const hint =
    didYouMean(step, names.map(asVariable)) || ` Known there: ${names.map(asVariable).join(', ')}.`;
  return `environment variable ${variable}: the configuration has no '${step}'.${hint}`;
}

const TRUE = new Set(['1', 'true', 'yes', 'on']);
const FALSE = new Set(['0', 'false', 'no', 'off']);

function typed(variable: string, schema: z.ZodType, text: string): unknown {
  const bare = unwrap(schema);
  if (bare instanceof z.ZodBoolean) {
    const word = text.toLowerCase();
    if (TRUE.has(word)) return true;
    if (FALSE.has(word)) return false;
    throw new ConfigError(`environment variable ${variable} is true or false.`);
  }
  if (bare instanceof z.ZodObject || bare instanceof z.ZodRecord || bare instanceof z.ZodArray) {
    return parseYaml(variable, text);
  }
  if (bare instanceof z.ZodNumber) return Number(text);
  return text;
}

function parseYaml(variable: string, text: string): unknown {
  try {
    return parse(text, { maxAliasCount: 0, logLevel: 'silent' });
  } catch {
    throw new ConfigError(`environment variable ${variable} is no YAML.`);
  }
}
