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

const SAVED: readonly (readonly [string, string])[] = [
  ['Errors by service, last hour', 'search index=app level=error earliest=-1h | stats count by service'],
  ['5xx at the proxies', 'search index=app sourcetype=nginx:access level=error | timechart span=5m count'],
];

/** GET saved/searches. */
export function savedSearches(now: string): PracticeAnswer {
  const entries = SAVED.map(([name, search]) => ({
    name,
    path: `/servicesNS/nobody/search/saved/searches/${encodeURIComponent(name)}`,
    content: { search, disabled: false, is_scheduled: false, 'dispatch.earliest_time': '-1h' },
  }));
  return feed('/services/saved/searches', entries, now);
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
    commands: pipeline.written.map(({ name, args }, index) => ({
      command: name,
      rawargs: args,
      pipeline: 'streaming',
      args: name === 'search' ? { search: [args] } : args,
      isGenerating: index === 0,
      streamType: 'SP_STREAM',
    })),
  });
}
