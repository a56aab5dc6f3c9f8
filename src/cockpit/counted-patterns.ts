import { askedOfSystem, countedBySystem, systemName } from '../insight/log-volume.ts';
import type { Service } from '../model/catalog.ts';
import { HOUR, type Instant, MINUTE } from '../model/instant.ts';
import type { Reading } from '../model/reading.ts';
import type { CountedPatterns, LogView } from '../watch/types.ts';
import type { Since } from './stores/log-news.ts';

const LONGEST_MS = 2 * HOUR;
/** A span that is cut to the longest moves on in such steps: each is a search of its own. */
const STEP_MS = HOUR / 2;

/** From when on the log system counts the patterns, since the lines that came are not all there were; null: they are. */
export function patternsCountedFrom(logs: LogView | null, since: Since | null): Instant | null {
  const last = logs?.lines.at(-1);
  if (logs === null || last === undefined || since === null) return null;
  const to = logs.completeTo ?? last.at;
  const longest = Math.floor((to - LONGEST_MS) / STEP_MS) * STEP_MS;
  const from = Math.max(since.at, longest);
  const held = { since: logs.from, missing: logs.notShown, count: logs.total };
  return askedOfSystem({ from: from + MINUTE, to }, held, 0) === null ? null : from;
}

/** Who counts, and how far that is. */
export interface Counting {
  readonly text: string;
  readonly trouble: boolean;
}

export function countingOf(service: Service, { value, error }: Reading<CountedPatterns>): Counting {
  const name = systemName(service);
  if (value === null) {
    return error === null
      ? { text: `${name} is counting…`, trouble: false }
      : { text: `${name} did not count: ${error.text}`, trouble: true };
  }
  const { patterns, cut, incomplete, from, to } = value;
  const lines = patterns.reduce((sum, { count }) => sum + count, 0);
  const told = countedBySystem(service, { lines, atLeast: cut || incomplete !== null, spanMs: to - from });
  return incomplete === null
    ? { text: told, trouble: false }
    : { text: `${told}: ${incomplete.text}`, trouble: true };
}
