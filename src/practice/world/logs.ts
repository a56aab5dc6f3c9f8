import type { Instant } from '../../model/instant.ts';
import { LATEST_INDEXING, SLOT, slotLines, type WrittenLine } from './logs/slot.ts';
import { speak } from './logs/voices.ts';
import { type LogWorld, RETENTION, type Writer, Writers } from './logs/writers.ts';
import { createRandom } from './random.ts';
import type { PracticeLogLine } from './state.ts';
import type { LogStore, LogStoreQuery } from './world.ts';

export { RETENTION } from './logs/writers.ts';

/** Extra lines kept; older ones are forgotten. */
const MAX_EMITTED = 150_000;

/**
 * The world's log lines. None is kept: each is made when somebody asks, from the seed, the machine that wrote it
 * and its ten seconds of world time, so the same span read twice holds the same lines with the same addresses.
 * A line is found from its `searchableAt` on, a second or more after it was written.
 */
export function createLogStore(world: LogWorld): LogStore {
  const writers = new Writers(world);
  const emitted: WrittenLine[] = [];
  let emissions = 0;

  return {
    lines(query) {
      const now = world.now();
      const span = eventSpan(query, now);
      const everyone = writers.all();
      const outbreaks = writers.outbreaks();
      const wanted = everyone.filter((writer) => writes(writer, query, span));
      const found = emitted.filter(
        (line) => line.at >= query.from && line.at < query.to && matches(line, query, now),
      );
      for (let slot = Math.ceil(span.to / SLOT) - 1; (slot + 1) * SLOT > span.from; slot--) {
        for (const writer of wanted) {
          if (writer.to <= slot * SLOT || writer.from >= (slot + 1) * SLOT) continue;
          for (const line of slotLines(world.state.seed, writer, slot, outbreaks)) {
            if (line.at >= span.from && line.at < span.to && matches(line, query, now)) found.push(line);
          }
        }
        // Extra lines may be older than the slots read so far; they do not count as found yet.
        if (found.length >= query.limit + emitted.length) break;
      }
      return found.sort(byTime).slice(-query.limit);
    },

    emit({ service, environment, message, level = 'info', at = world.now(), count = 1, overMs = 0 }) {
      const alive = writers
        .all()
        .filter((one) => one.service === service && one.environment === environment && one.to > at);
      for (let line = 0; line < count; line++) {
        const said = typeof message === 'string' ? message : (message[line % message.length] ?? '');
        emitted.push(spoken(said, at + Math.floor((overMs * line) / count)));
      }
      if (emitted.length > MAX_EMITTED) emitted.splice(0, emitted.length - MAX_EMITTED);

      function spoken(said: string, when: Instant): WrittenLine {
        const random = createRandom(world.state.seed, `emitted ${emissions}`);
        const writer = alive[emissions % Math.max(alive.length, 1)];
        const indexedAt = Math.max(when, world.now()) + random.integer(1000, 2000);
        const who = {
          at: when,
          service,
          environment,
          version: writer?.version ?? 'unknown',
          instance: writer?.instance ?? 'i-00000000000000000',
        };
        const cd = `900:${emissions++}`;
        return {
          ...who,
          cd,
          bucket: 'app~900~extra',
          indexedAt,
          searchableAt: indexedAt,
          container: service,
          level,
          raw: speak({ level, logger: 'practice', message: said, fields: {} }, { ...who, random }),
        };
      }
    },
  };
}

interface Span {
  readonly from: Instant;
  readonly to: Instant;
}

/** Index time bounds event time: a line is indexed after it was written, but not much. */
function eventSpan(query: LogStoreQuery, now: Instant): Span {
  const indexedFrom = query.indexedFrom ?? -Infinity;
  const indexedTo = query.indexedTo ?? Infinity;
  return {
    from: Math.max(query.from, now - RETENTION, indexedFrom - LATEST_INDEXING),
    to: Math.min(query.to, now + 1, indexedTo),
  };
}

function writes(writer: Writer, query: LogStoreQuery, span: Span): boolean {
  return (
    writer.from < span.to &&
    writer.to > span.from &&
    (query.service === undefined || writer.service === query.service) &&
    (query.environment === undefined || writer.environment === query.environment) &&
    (query.instance === undefined || writer.instance === query.instance)
  );
}

function matches(line: WrittenLine, query: LogStoreQuery, now: Instant): boolean {
  if (query.written === true ? line.at > now : line.searchableAt > now) return false;
  if (query.indexedFrom !== undefined && line.indexedAt < query.indexedFrom) return false;
  if (query.indexedTo !== undefined && line.indexedAt >= query.indexedTo) return false;
  if (query.service !== undefined && line.service !== query.service) return false;
  if (query.environment !== undefined && line.environment !== query.environment) return false;
  if (query.instance !== undefined && line.instance !== query.instance) return false;
  if (query.container !== undefined && line.container !== query.container) return false;
  return query.contains === undefined || line.raw.includes(query.contains);
}

function byTime(one: PracticeLogLine, other: PracticeLogLine): number {
  return one.at - other.at || (one.cd < other.cd ? -1 : 1);
}
