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
  try {
    const expression = RE2JS.compile(wanted, RE2JS.CASE_INSENSITIVE);
    return (text) => expression.matcher(text).find();
  } catch {
    return literal;
  }
}
