import type { PracticeAnswer } from '../server.ts';
import { BUILD, feed, json, SPLUNK_VERSION } from './answer.ts';
import { parsePipeline, splitReport } from './spl/pipeline.ts';

/** GET /services/server/info. */
export function serverInfo(now: string): PracticeAnswer {
  const content = {
    build: BUILD,
    version: SPLUNK_VERSION,
    serverName: 'sh-1.harbour.example',
    host: 'sh-1.harbour.example',
    guid: '2B8E5C0F-6D0E-4C58-A1D4-90B1C3F7E2AA',
    product_type: 'enterprise',
    server_roles: ['search_head'],
    licenseState: 'OK',
    mode: 'normal',
    isFree: false,
    isTrial: false,
    os_name: 'Linux',
    cpu_arch: 'x86_64',
    numberOfCores: 4,
  };
  return feed(
    '/services/server/info',
    [{ name: 'server-info', path: '/services/server/info/server-info', content }],
    now,
  );
}

/** Who is asking: GET /services/authentication/current-context and …/users/{name}. */
export function userInfo(path: string, username: string, now: string): PracticeAnswer {
  const content = {
    username,
    realname: 'On-call reader',
    email: `${username}@harbour.example`,
    defaultApp: 'search',
    roles: ['user'],
    capabilities: [
      'search',
      'get_metadata',
      'list_metrics_catalog',
      'rest_properties_get',
      'change_own_password',
    ],
    tz: 'UTC',
    type: 'Splunk',
  };
  return feed(path, [{ name: username, path: `/services/authentication/users/${username}`, content }], now);
}

/** search/parser and search/v2/parser; throws the `Refusal` of a search that does not parse. */
export function parserAnswer(parameters: URLSearchParams): PracticeAnswer {
  const pipeline = parsePipeline(parameters.get('q') ?? '');
  const { events, report } = splitReport(pipeline);
  return json(200, {
    remoteSearch: events,
    remoteTimeOrdered: true,
    eventsSearch: events,
    eventsTimeOrdered: true,
    eventsStreaming: true,
    reportsSearch: report,
    canSummarize: report !== '',
    commands: pipeline.written.map(({ name, args }, index) => parsedCommand(name, args, index)),
  });
}

const REPORTING = new Set(['stats', 'timechart', 'top', 'rare']);
const STATEFUL = new Set(['head', 'tail', 'reverse', 'sort', 'dedup']);

/** As splunkd tells of each: reporting commands make tables of events, stateful ones have to see them in order. */
function parsedCommand(name: string, args: string, index: number): object {
  const streamType = REPORTING.has(name)
    ? 'SP_STREAMREPORT'
    : STATEFUL.has(name)
      ? 'SP_STATEFUL'
      : 'SP_STREAM';
  return {
    command: name,
    rawargs: args,
    pipeline: streamType === 'SP_STREAM' ? 'streaming' : 'report',
    args: name === 'search' ? { search: [args] } : args,
    isGenerating: index === 0,
    streamType,
  };
}
