import type { LogSource } from '../../model/catalog.ts';
import { HOUR, type Instant, MINUTE, SECOND } from '../../model/instant.ts';
import type { LogAround, LogFound } from '../../model/log-counts.ts';
import type { LogLine } from '../../model/log-line.ts';
import type { LogPlace, LogPoint } from '../../model/ports/log-search.ts';
import { aroundLine, MAX_TIES, tooManyTies } from '../log/sides.ts';
import { SYSTEM } from './failure.ts';
import { at, type JobAnswer, type JobRequest } from './job.ts';
import { toLogLine } from './log-line.ts';
import { newestSpl, oldestSpl } from './spl.ts';

/** How far is looked back: such a search ends by itself with the newest lines that it needs. */
const BACK_MS = 6 * HOUR;
/** Splunk reads backwards: the oldest lines of a time cost all of it, so a short one is read first, then further. */
const AHEAD_MS = [10 * SECOND, 2 * MINUTE, HOUR] as const;

interface AroundDeps {
  readonly source: LogSource;
  run(request: JobRequest): Promise<JobAnswer>;
}

export async function linesAround(
  { source, run }: AroundDeps,
  { service, environment }: LogPlace,
  line: LogPoint,
  limit: number,
): Promise<LogAround> {
  const next = Math.floor(line.at) + 1;
  const read = async (spl: string, from: Instant, to: Instant, maxRows: number): Promise<LogFound> => {
    const event = { earliest: at(from), latest: at(to) };
    const { rows, incomplete } = await run({ spl, event, indexed: null, maxRows });
    const lines = rows
      .map((row) => toLogLine(row, service.name, () => false))
      .filter((found): found is LogLine => found !== null);
    return { lines, incomplete };
  };
  const newest = (count: number) => newestSpl(source, environment, count);
  const found = await read(newest(MAX_TIES), next - 1, next, MAX_TIES);
  const same = { ...found, incomplete: found.incomplete ?? tooManyTies(SYSTEM, found.lines.length) };
  const before = await read(newest(limit + 1), next - 1 - BACK_MS, next - 1, limit + 1);
  let after: LogFound = { lines: [], incomplete: null };
  let from = next;
  for (const ms of AHEAD_MS) {
    const wanted = limit + 1 - after.lines.length;
    if (wanted <= 0 || after.incomplete !== null) break;
    const more = await read(oldestSpl(source, environment, wanted), from, next + ms, wanted);
    after = { lines: [...after.lines, ...more.lines], incomplete: more.incomplete };
    from = next + ms;
  }
  return aroundLine(line, { before, same, after }, limit);
}
