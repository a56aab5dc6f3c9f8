import { SECRETS } from '../../secrets.ts';
import type { World } from '../../world/world.ts';
import type { Operation, PracticeAnswer, PracticeRequest, PracticeServer } from '../server.ts';
import { parserAnswer, serverInfo, userInfo } from './about.ts';
import { json, outputMode, refused, short } from './answer.ts';
import { isoTime } from './event.ts';
import { Jobs } from './jobs.ts';
import {
  controlJob,
  createJob,
  deleteJob,
  exportJob,
  type JobsCall,
  jobExtra,
  jobPreview,
  jobResults,
  jobStatus,
  listJobs,
} from './jobs-routes.ts';
import { Refusal } from './refusal.ts';
import { savedSearches } from './saved.ts';
import { authenticate, login, type SplunkCredentials } from './session.ts';
import { splunkSetup } from './setup.ts';

export { PRACTICE_INDEX } from './event.ts';
export type { SplunkCredentials } from './session.ts';

/**
 * splunkd's REST interface on the world's logs, as `splunk-sdk` and curl use it. JSON only, but for the short
 * answers that curl gets as XML. Searches change nothing, so no operation counts as a mutation.
 */
export function splunkServer(credentials: SplunkCredentials = SECRETS.splunk): PracticeServer {
  const jobs = new Jobs();
  return {
    system: 'splunk',
    setup: splunkSetup,
    identify: (request) => operation(request),
    async handle(request, world) {
      const parameters = parametersOf(request);
      try {
        return await route(request, { jobs, world, owner: credentials.username, parameters }, credentials);
      } catch (error) {
        if (error instanceof Refusal) return refused(error, parameters);
        throw error;
      }
    },
  };
}

async function route(
  request: PracticeRequest,
  call: JobsCall,
  credentials: SplunkCredentials,
): Promise<PracticeAnswer> {
  const path = resource(request.path);
  const { parameters } = call;
  if (path === '/auth/login') {
    if (request.method !== 'POST') throw methodNotAllowed();
    const key = login(parameters, credentials);
    if (outputMode(parameters) === 'xml') return short(200, 'sessionKey', key, parameters);
    return json(200, { sessionKey: key, message: '', code: '' });
  }
  authenticate(request, credentials);
  const [, sid, part] = /^\/search\/(?:v2\/)?jobs\/([^/]+)(?:\/([\w.]+))?$/.exec(path) ?? [];
  if (sid === 'export') return exportJob(call);
  if (sid !== undefined) return jobRoute(request.method, call, decodeURIComponent(sid), part);
  return plainRoute(request.method, path, call, call.world);
}

function jobRoute(method: string, call: JobsCall, sid: string, part: string | undefined) {
  switch (part) {
    case undefined:
      if (method === 'DELETE') return deleteJob(call, sid);
      return jobStatus(call, sid);
    case 'results':
      return jobResults(call, sid);
    case 'results_preview':
      return jobPreview(call, sid, false);
    case 'events':
      return jobPreview(call, sid, true);
    case 'control':
      if (method !== 'POST') throw methodNotAllowed();
      return controlJob(call, sid);
    case 'summary':
    case 'timeline':
    case 'search.log':
      return jobExtra(call, sid);
    default:
      throw notFound();
  }
}

function plainRoute(method: string, path: string, call: JobsCall, world: World) {
  const now = isoTime(world.now());
  switch (path) {
    case '/search/jobs':
    case '/search/v2/jobs':
      return method === 'POST' ? createJob(call) : listJobs(call);
    case '/search/parser':
    case '/search/v2/parser':
      return parserAnswer(call.parameters);
    case '/server/info':
    case '/server/info/server-info':
      return serverInfo(now);
    case '/authentication/current-context':
    case `/authentication/users/${call.owner}`:
      return userInfo(`/services${path}`, call.owner, now);
    case '/saved/searches':
      return savedSearches(call.parameters, now);
    default:
      throw notFound();
  }
}

/** `POST /services/search/v2/jobs/{sid}/control`, whatever the namespace. */
function operation({ method, path }: PracticeRequest): Operation {
  const route = resource(path).replace(/^(\/search\/(?:v2\/)?jobs)\/(?!export$)[^/]+/, '$1/{sid}');
  return { name: `${method} /services${route}`, mutation: false };
}

/** The path below `/services` or `/servicesNS/{owner}/{app}`, without a slash at its end. */
function resource(path: string): string {
  return path.replace(/^\/(services|servicesNS\/[^/]+\/[^/]+)(?=\/)/, '').replace(/\/+$/, '');
}

/** Query and form together; the form wins. */
function parametersOf(request: PracticeRequest): URLSearchParams {
  const merged = new URLSearchParams(request.query);
  const form = /^application\/x-www-form-urlencoded/.test(request.headers['content-type'] ?? '');
  // curl -d and the SDK's DELETE send forms without saying so.
  if (!form && request.body.length === 0) return merged;
  const posted = new URLSearchParams(request.body.toString('utf8'));
  for (const name of new Set(posted.keys())) merged.delete(name);
  for (const [name, value] of posted) merged.append(name, value);
  return merged;
}

function notFound(): Refusal {
  return new Refusal(404, 'ERROR', 'Not Found');
}

function methodNotAllowed(): Refusal {
  return new Refusal(405, 'ERROR', 'Method Not Allowed');
}
