import type { z } from 'zod';
import { didYouMean } from '../insight/nearest.ts';
import { keyName, type Path, type Problem } from './problem.ts';
import { at, knownKeys } from './schema-walk.ts';

export type Validated<T> = { readonly value: T } | { readonly problems: readonly Problem[] };

/** Checks data against a schema; problems are sentences for the person who wrote the file. */
export function validate<S extends z.ZodType>(schema: S, data: unknown): Validated<z.output<S>> {
  const result = schema.safeParse(data);
  if (result.success) return { value: result.data };
  return { problems: withoutEchoes(result.error.issues.flatMap((issue) => describe(schema, issue))) };
}

const MISSING = 'is missing.';

function describe(schema: z.ZodType, issue: z.core.$ZodIssue): Problem[] {
  const path = issue.path.filter((key): key is string | number => typeof key !== 'symbol');
  if (issue.code === 'unrecognized_keys') {
    const here = at(schema, path);
    const known = here === null ? [] : knownKeys(here);
    return issue.keys.map((key) => ({
      path: [...path, key],
      atKey: true,
      message: `unknown key '${key}'.${didYouMean(key, known) || ` Known here: ${known.join(', ')}.`}`,
    }));
  }
  if (issue.code === 'invalid_type' && isSecret(path)) return [{ path, message: secretInline(path) }];
  if (issue.code === 'invalid_type' && issue.message.endsWith('received undefined')) {
    return [{ path, message: `the key '${keyName(path)}' ${MISSING}` }];
  }
  if (issue.code === 'invalid_format' && issue.format === 'url') return [{ path, message: noUrl(path) }];
  return [{ path, message: `'${keyName(path)}': ${lowerFirst(issue.message)}.` }];
}

/** A mistyped key that has to be there is one mistake, not an unknown key and a missing one. */
function withoutEchoes(problems: readonly Problem[]): readonly Problem[] {
  const meant = problems.flatMap(({ path, atKey, message }) => {
    const name = atKey === true ? /Did you mean (\S+)\?$/.exec(message)?.[1] : undefined;
    return name === undefined ? [] : [keyName([...path.slice(0, -1), name])];
  });
  return problems.filter(({ path, message }) => !message.endsWith(MISSING) || !meant.includes(keyName(path)));
}

function isSecret(path: Path): boolean {
  return path.at(-1) === 'token' || (path.length === 2 && path[0] === 'tokens');
}

/** Told for a token that stands in the file itself; `load.ts` adds who else may read that file. */
function secretInline(path: Path): string {
  return `'${keyName(path)}' says how to get the token, never the token itself: {command: [program, argument]}, {env: NAME} or {file: PATH}.`;
}

function noUrl(path: Path): string {
  return `'${keyName(path)}' is no URL: write it whole, such as https://api.pagerduty.com`;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
