import type { FilteredLogEvent } from '@aws-sdk/client-cloudwatch-logs';
import { Failure } from '../../model/failure.ts';
import type { LogLine } from '../../model/log-line.ts';
import type { LogPlace, LogSearch, LogTime } from '../../model/ports/index.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { checkBuckets } from '../log/buckets.ts';
import { follow } from '../log/follow.ts';
import { lengthOf, windowOf } from '../log/window.ts';
import { awsClients } from './clients.ts';
import { countErrors } from './error-count.ts';
import { Identities } from './identity.ts';
import { insightsHistogram, insightsPatterns } from './insights.ts';
import { eventsAround } from './log-around.ts';
import { LogEvents } from './log-events.ts';
import { Ledger } from './log-ledger.ts';
import { factsOf, toLogLine } from './log-line.ts';
import { LiveTail } from './log-live.ts';
import { newestFound } from './log-newest.ts';
import { eventPages, literally } from './log-page.ts';
import { Refusals } from './log-refusal.ts';
import { liveTailSession } from './log-session.ts';

const SYSTEM = 'aws';

/** Logs of the services that name a CloudWatch log group. */
export function openLogSearch(deps: AdapterDeps): LogSearch {
  const clients = awsClients(deps);
  const identities = new Identities(clients);
  const refusals = new Refusals();
  const now = () => deps.transport.now(SYSTEM);
  const place = (span: LogPlace) => ({ clients, environment: span.environment, group: groupOf(span) });
  /** A span that is told in ages is one in CloudWatch's own time, which only an answer of it tells. */
  const windowOnItsClock = async (span: LogTime, signal: AbortSignal | undefined) => {
    if (!('from' in span)) await eventPages(place(span), undefined, signal)(now(), now() + 1, undefined, 1);
    return windowOf(span, now());
  };

  return {
    async search(query, limit, signal) {
      const pages = eventPages(place(query), query.contains, signal);
      const { from, to } = await windowOnItsClock(query, signal);
      const { events, incomplete } = await newestFound(pages, { oldest: from, end: to }, limit);
      return { lines: linesOf(events, new Ledger(), query), incomplete };
    },
    errorCount: (span, signal) => countErrors({ clients, group: groupOf(span), now }, span, signal),
    async histogram(span, bucketMs, signal) {
      checkBuckets(SYSTEM, lengthOf(span, now()), bucketMs);
      return insightsHistogram(place(span), await windowOnItsClock(span, signal), bucketMs, signal);
    },
    async patterns(span, signal) {
      return insightsPatterns(place(span), await windowOnItsClock(span, signal), signal);
    },
    async around(at, line, limit, signal) {
      const pages = eventPages(place(at), undefined, signal);
      const ledger = new Ledger();
      return eventsAround({ pages, toLines: (events) => linesOf(events, ledger, at) }, line, limit);
    },
    async *tail(query, signal) {
      const { service, environment, sinceMs, contains } = query;
      const at = place(query);
      const ledger = new Ledger();
      const pages = eventPages(at, contains, signal);
      const events = new LogEvents({ service: service.name, sinceMs, ledger, pages, now });
      if (!clients.environment(environment).liveTail) {
        yield* follow({ system: SYSTEM, step: () => polled(events), now }, signal);
        return;
      }
      const pattern = contains === undefined ? {} : { pattern: literally(contains) };
      const live = new LiveTail({
        group: `${environment} ${at.group}`,
        events,
        refusals,
        async *session(ending) {
          const identity = await identities.of(environment, ending);
          yield* liveTailSession({ ...at, identity, ...pattern }, ending);
        },
        begins: () => ledger.newSession(),
        toLine(event) {
          const facts = factsOf(event);
          const id = facts === null ? null : ledger.told(facts);
          return facts === null || id === null ? null : toLogLine(id, facts, event, service.name);
        },
        now,
      });
      yield* live.steps(signal);
    },
    async link(query) {
      const { region, endpoint } = clients.environment(query.environment);
      if (endpoint !== null) return null;
      // The console wants the group's name encoded twice, with $ for %.
      const group = encodeURIComponent(encodeURIComponent(groupOf(query))).replaceAll('%', '$');
      return `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#logsV2:log-groups/log-group/${group}`;
    },
  };
}

async function polled(events: LogEvents) {
  return { ...(await events.step()), way: { kind: 'polled', sampled: false, why: null } } as const;
}

function groupOf({ service, environment }: LogPlace): string {
  if (service.logGroup !== null) return service.logGroup.replaceAll('{environment}', environment);
  const key = `services.${service.name}.log_group`;
  throw new Failure(SYSTEM, 'not_configured', `No log group of ${service.name} is known: set ${key}.`);
}

function linesOf(events: readonly FilteredLogEvent[], ledger: Ledger, { service }: LogPlace): LogLine[] {
  return events.flatMap((event) => {
    const facts = factsOf(event);
    const id = facts === null ? null : ledger.found(event.eventId ?? '', facts);
    return facts === null || id === null ? [] : [toLogLine(id, facts, event, service.name)];
  });
}
