import { Failure } from '../../model/failure.ts';
import type { LogQuery, LogSearch, LogSpan } from '../../model/ports/index.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { follow } from '../log/follow.ts';
import { awsClients } from './clients.ts';
import { countErrors } from './error-count.ts';
import { LogEvents } from './log-events.ts';

const SYSTEM = 'aws';

/** Logs of the services that name a CloudWatch log group. */
export function openLogSearch(deps: AdapterDeps): LogSearch {
  const clients = awsClients(deps);
  const now = () => deps.transport.now(SYSTEM);
  const events = (query: LogQuery) => new LogEvents({ clients, query, group: groupOf(query), now });
  return {
    search: (query, limit, signal) => events(query).newest(limit, signal),
    errorCount: (span, signal) => countErrors({ clients, group: groupOf(span), now }, span, signal),
    tail(query, signal) {
      const tailed = events(query);
      return follow({ system: SYSTEM, step: () => tailed.step(signal), now }, signal);
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

function groupOf({ service, environment }: LogSpan): string {
  if (service.logGroup !== null) return service.logGroup.replaceAll('{environment}', environment);
  const key = `services.${service.name}.log_group`;
  throw new Failure(SYSTEM, 'not_configured', `No log group of ${service.name} is known: set ${key}.`);
}
