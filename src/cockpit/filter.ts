import { RE2JS } from 're2js';

export type Matcher = (text: string) => boolean;

const EVERYTHING: Matcher = () => true;
const REGEX = /[\\^$.*+?()[\]{}|]/;
const CACHE_SIZE = 8;
const cache = new Map<string, Matcher>();

/**
 * What a person typed after `/`: text or a regular expression (RE2's, so it takes linear time), without regard to
 * case; a `!` in front inverts it. A half-typed expression is taken as text.
 */
export function matcher(filter: string): Matcher {
  const cached = cache.get(filter);
  if (cached !== undefined) return cached;
  const made = make(filter);
  if (cache.size >= CACHE_SIZE) cache.clear();
  cache.set(filter, made);
  return made;
}

function make(filter: string): Matcher {
  const inverted = filter.startsWith('!');
  const wanted = (inverted ? filter.slice(1) : filter).trim();
  if (wanted === '') return EVERYTHING;
  const matches = containing(wanted);
  return inverted ? (text) => !matches(text) : matches;
}

function containing(wanted: string): Matcher {
  const lower = wanted.toLowerCase();
  const literal: Matcher = (text) => text.toLowerCase().includes(lower);
  if (!REGEX.test(wanted)) return literal;
  const expression = compiled(wanted);
  return expression === null ? literal : (text) => expression.matcher(text).find();
}

/** How often a text is marked at most. */
const MOST_MARKS = 50;

/** Where a text or regular expression (RE2's) stands in another, without regard to case: from and to of each. */
export function marker(wanted: string): (text: string) => readonly (readonly [from: number, to: number])[] {
  const source = REGEX.test(wanted) ? wanted : RE2JS.quote(wanted);
  const expression = compiled(source) ?? compiled(RE2JS.quote(wanted));
  return (text) => {
    const found: [number, number][] = [];
    const matches = expression?.matcher(text);
    while (matches?.find() && found.length < MOST_MARKS) {
      if (matches.end() > matches.start()) found.push([matches.start(), matches.end()]);
    }
    return found;
  };
}

function compiled(source: string): RE2JS | null {
  try {
    return RE2JS.compile(source, RE2JS.CASE_INSENSITIVE);
  } catch {
    return null;
  }
}
