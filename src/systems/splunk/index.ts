import type { LogLine } from '../../model/log-line.ts';
import type { Containing, LogSearch, LogTime } from '../../model/ports/log-search.ts';
import { safeText } from '../../model/safe-text.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { checkBuckets } from '../log/buckets.ts';
import { follow } from '../log/follow.ts';
import { lengthOf, windowOf } from '../log/window.ts';
import { linesAround } from './around.ts';
import { openClient } from './client.ts';
import { errorCountOf, errorsSpl, MAX_KINDS } from './error-count.ts';
import { SYSTEM } from './failure.ts';
import { histogramOfRows, histogramSpl, MAX_ROWS } from './histogram.ts';
import { ago, ahead, at, type JobRequest, newestLack, runJob } from './job.ts';
import { toLogLine } from './log-line.ts';
import { MAX_PATTERNS, patternsOfRows, patternsSpl } from './patterns.ts';
import { sourceOf } from './source.ts';
import { countsSpl, findsTooMuch, logSpl, newestSpl, searchOf } from './spl.ts';
import { AHEAD_MS, Tail } from './tail.ts';
import { serviceOfRow } from './whose.ts';

export function openLogSearch(deps: AdapterDeps): LogSearch {
  const client = openClient(deps);
  const { loaded, transport } = deps;
  const now = () => transport.now(SYSTEM);

  return {
    async search(query, limit, signal) {
      const source = sourceOf(query);
      const answer = await runJob(
        client,
        {
          spl: newestSpl(source, query.environment, limit, query.contains),
          event: eventSpan(query),
          indexed: null,
          maxRows: limit,
        },
        signal,
      );
      const lines = answer.rows
        .map((row) => toLogLine(row, query.service.name, () => false))
        .filter((line) => line !== null)
        .filter(containing(query))
        .sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
      return { lines, incomplete: newestLack(answer, limit) };
    },

    async errorCount(span, signal) {
      const spl = errorsSpl(sourceOf(span), span.environment);
      const request = { spl, event: eventSpan(span), indexed: null, maxRows: MAX_KINDS };
      return errorCountOf(await runJob(client, request, signal));
    },

    async histogram(span, bucketMs, signal) {
      checkBuckets(SYSTEM, lengthOf(span, now()), bucketMs);
      const spl = histogramSpl(sourceOf(span), span.environment, bucketMs);
      const request = { spl, event: eventSpan(span), indexed: null, maxRows: MAX_ROWS };
      const answer = await runJob(client, request, signal);
      // Only an answer of Splunk tells its clock.
      return histogramOfRows(answer, windowOf(span, now()), bucketMs);
    },

    async patterns(span, signal) {
      const spl = patternsSpl(sourceOf(span), span.environment);
      const request = { spl, event: eventSpan(span), indexed: null, maxRows: MAX_PATTERNS + 1 };
      return patternsOfRows(await runJob(client, request, signal), span.service.name);
    },

    async around(place, line, limit, signal) {
      const run = (request: JobRequest) => runJob(client, request, signal);
      return linesAround({ source: sourceOf(place), run }, place, line, limit);
    },

    async *tail(query, signal) {
      const { environment, contains } = query;
      const owners = [query.service, ...(query.others ?? [])].map((service) => ({
        service: service.name,
        source: sourceOf({ service }),
      }));
      const source = owners.length === 1 ? sourceOf(query) : owners.map((owner) => owner.source);
      const tail = new Tail({
        serviceOf: serviceOfRow(owners, environment),
        sinceMs: query.sinceMs,
        spl: {
          all: logSpl(source, environment, contains),
          counts: countsSpl(source, environment, contains),
          newest: (n) => newestSpl(source, environment, n, contains),
        },
        accepts: containing(query),
        run: (request) => runJob(client, request, signal),
        now,
      });
      yield* follow({ system: SYSTEM, step: () => tail.step(), now }, signal);
    },

    async link(query) {
      const webUrl = loaded.config.systems.splunk?.web_url;
      if (webUrl === undefined || query.service.logs === null) return null;
      const page = new URL('/en-US/app/search/search', webUrl);
      page.searchParams.set('q', searchOf(query.service.logs, query.environment, query.contains));
      const { earliest, latest } = eventSpan(query);
      page.searchParams.set('earliest', earliest);
      page.searchParams.set('latest', isUntilNow(query) ? 'now' : latest);
      return page.href;
    },
  };
}

function eventSpan(span: LogTime) {
  if ('from' in span) return { earliest: at(span.from), latest: at(span.to) };
  const latest = isUntilNow(span) ? ahead(AHEAD_MS) : ago(span.untilMs ?? 0);
  return { earliest: ago(span.sinceMs), latest };
}

function isUntilNow(span: LogTime): boolean {
  return !('from' in span) && span.untilMs === undefined;
}

/** The text as it stands, in any case, where Splunk could not be asked for exactly that. */
function containing({ contains }: Containing): (line: LogLine) => boolean {
  if (contains === undefined || !findsTooMuch(contains)) return () => true;
  const wanted = safeText(contains).toLowerCase();
  return (line) => line.message.toLowerCase().includes(wanted);
}
