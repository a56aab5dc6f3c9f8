import { LivePatterns } from '../insight/patterns/live.ts';
import type { Baseline } from '../insight/patterns/news.ts';
import type { Service } from '../model/catalog.ts';
import { type Instant, MINUTE } from '../model/instant.ts';
import type { LogSearch } from '../model/ports/index.ts';

const SPAN_MS = 15 * MINUTE;
const MOST_LINES = 2_000;

/** What a service's log said up to `before`: the patterns of the newest lines of the fifteen minutes until then. */
export async function readLogsBefore(
  search: LogSearch,
  place: { readonly service: Service; readonly environment: string },
  before: Instant,
  now: Instant,
  signal: AbortSignal,
): Promise<Baseline> {
  const untilMs = Math.max(0, now - before);
  const span = { ...place, sinceMs: untilMs + SPAN_MS, untilMs };
  const { lines, incomplete } = await search.search(span, MOST_LINES, signal);
  // Against lines that lack some, what was always said would look new.
  if (incomplete !== null) throw incomplete;
  const patterns = new LivePatterns();
  for (const line of lines) patterns.add(line);
  const [oldest] = lines;
  // Where there were more lines, only the newest are known.
  const from = lines.length < MOST_LINES || oldest === undefined ? before - SPAN_MS : oldest.at;
  return { patterns: patterns.patterns(), from, to: lines.length === 0 ? from : before };
}
