import { distance } from 'fastest-levenshtein';

/** What one environment is called elsewhere, too. */
const SYNONYMS: readonly (readonly string[])[] = [
  ['prod', 'production', 'prd', 'live'],
  ['test', 'testing', 'tst', 'qa'],
  ['staging', 'stage', 'stg', 'preprod'],
  ['dev', 'development', 'develop'],
];

/** Words that say what a thing is, not whose. */
const FILLERS = new Set([
  'service',
  'svc',
  'app',
  'application',
  'server',
  'deploy',
  'stack',
  'pipeline',
  'repo',
]);

/** A name without its spelling: `Charge_Central (PROD)` is `charge-central` of `prod`. */
export interface Plain {
  readonly name: string;
  /** One of ours; null: it names none. */
  readonly environment: string | null;
}

/** The last part of a path in lower case, its words parted by `-`, without an environment at its start or end. */
export function plainName(raw: string, environments: readonly string[]): Plain {
  const last = raw.split(/[/:]/).findLast((part) => part.trim() !== '') ?? raw;
  const words = last
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  const atEnd = environmentNamed(words.at(-1) ?? '', environments);
  if (words.length > 1 && atEnd !== null) return { name: words.slice(0, -1).join('-'), environment: atEnd };
  const atStart = environmentNamed(words[0] ?? '', environments);
  if (words.length > 1 && atStart !== null) return { name: words.slice(1).join('-'), environment: atStart };
  return { name: words.join('-'), environment: null };
}

/** Which of our environments that word means; null: none. */
export function environmentNamed(word: string, environments: readonly string[]): string | null {
  const said = word.toLowerCase();
  const own = environments.find((name) => name.toLowerCase() === said);
  if (own !== undefined) return own;
  const same = SYNONYMS.find((names) => names.includes(said));
  return environments.find((name) => same?.includes(name.toLowerCase())) ?? null;
}

export type Match =
  | { readonly kind: 'sure'; readonly name: string }
  | { readonly kind: 'unsure'; readonly name: string; readonly reason: string }
  | { readonly kind: 'none' };

/** Of so many letters on, two that differ may be a slip. */
const LONG = 8;

/**
 * Which of the known names is meant: the same words are sure; a word such as `service` more or less, other gaps
 * between the words, one more word at the end, or a letter that differs are not.
 */
export function matchName(name: string, known: readonly string[]): Match {
  if (known.includes(name)) return { kind: 'sure', name };
  const tests: readonly (readonly [(candidate: string) => boolean, string])[] = [
    [(candidate) => joined(candidate) === joined(name), 'the same letters, in other words'],
    [(candidate) => bare(candidate) === bare(name), 'a word such as “service” more or less'],
    [(candidate) => begins(name, candidate), 'its name goes on after the service’s'],
    [(candidate) => begins(candidate, name), 'the service’s name goes on after its own'],
    [(candidate) => isSlip(candidate, name), 'spelled a little differently'],
  ];
  for (const [fits, reason] of tests) {
    const found = known.filter(fits);
    const [longest, second] = found.toSorted((one, other) => other.length - one.length);
    if (longest === undefined) continue;
    const others = second === undefined ? '' : `; ${second} would fit, too`;
    return { kind: 'unsure', name: longest, reason: `${reason}${others}` };
  }
  return { kind: 'none' };
}

function joined(name: string): string {
  return name.replaceAll('-', '');
}

function bare(name: string): string {
  const words = name.split('-').filter((word) => !FILLERS.has(word));
  return words.length === 0 ? name : words.join('-');
}

function begins(name: string, beginning: string): boolean {
  return beginning.includes('-') && name.startsWith(`${beginning}-`);
}

function isSlip(one: string, other: string): boolean {
  const length = Math.min(one.length, other.length);
  return length >= 5 && distance(one, other) <= (length >= LONG ? 2 : 1);
}
