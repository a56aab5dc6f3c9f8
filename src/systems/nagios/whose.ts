import type { ObjectName } from './object-id.ts';

/** Names of one of our services in Nagios; missing: anything. */
export interface Patterns {
  readonly hosts?: readonly string[] | undefined;
  readonly services?: readonly string[] | undefined;
}

export interface Naming {
  /** By our service's name; those without patterns of their own are known by their name. */
  readonly services: Readonly<Record<string, Patterns | undefined>>;
  readonly environments: readonly string[];
}

export interface Belonging {
  readonly service: string | null;
  /** Where it belongs as far as names tell; null: to any of them. */
  readonly environment: string | null;
}

/** Whose a host or a check is: by the configured patterns, else by names that stand in its own as whole words. */
export function whose(object: ObjectName, { services, environments }: Naming): Belonging {
  for (const [service, patterns] of Object.entries(services)) {
    if (patterns === undefined) continue;
    for (const environment of environments) {
      const told = fits(object, patterns, environment);
      if (told === null) continue;
      return { service, environment: told === 'here' ? environment : wordIn(object.host, environments) };
    }
  }
  const unnamed = Object.keys(services).filter((name) => services[name] === undefined);
  return {
    service: wordIn(object.host, unnamed) ?? wordIn(object.service ?? '', unnamed),
    environment: wordIn(object.host, environments),
  };
}

/** `here`: a pattern that names the environment fits; `anywhere`: one that names none. */
function fits(object: ObjectName, patterns: Patterns, environment: string): 'here' | 'anywhere' | null {
  const parts: readonly (readonly [readonly string[] | undefined, string | null])[] = [
    [patterns.hosts, object.host],
    [patterns.services, object.service],
  ];
  let where: 'here' | 'anywhere' = 'anywhere';
  for (const [wanted, name] of parts) {
    if (wanted === undefined) continue;
    const found = wanted.find((pattern) => name !== null && matches(pattern, name, environment));
    if (found === undefined) return null;
    if (found.includes('{environment}')) where = 'here';
  }
  return where;
}

function matches(pattern: string, name: string, environment: string): boolean {
  const pieces = pattern.replaceAll('{environment}', environment).split('*').map(escaped);
  return new RegExp(`^${pieces.join('.*')}$`, 'is').test(name);
}

/** The longest of the names that stands in the text as a whole word: `charge-central-worker` before `charge-central`. */
function wordIn(text: string, names: readonly string[]): string | null {
  const found = names.filter((name) =>
    new RegExp(`(?<![a-z0-9])${escaped(name)}(?![a-z0-9])`, 'i').test(text),
  );
  return found.toSorted((one, other) => other.length - one.length)[0] ?? null;
}

function escaped(literal: string): string {
  return literal.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
