import { rfc3339 } from '../../../model/instant.ts';
import { SECRETS } from '../../secrets.ts';
import { EPOCH } from '../../world/create.ts';
import { YOU } from '../../world/people.ts';
import type { PracticeRun } from '../../world/pipeline-run.ts';
import type { World } from '../../world/world.ts';
import type { Operation, PracticeAnswer, PracticeRequest, PracticeServer } from '../server.ts';
import { create, selected, unblock } from './builds.ts';
import { logOf } from './log.ts';
import { pageOf } from './page.ts';
import { RateLimit } from './rate.ts';
import { json, Refusal } from './refusal.ts';
import { buildkiteSetup } from './setup.ts';
import { showBuild, showPipeline } from './show.ts';
import { showJobs } from './show-job.ts';

/** Scopes by token: https://buildkite.com/docs/apis/managing-api-tokens */
const SCOPES: Readonly<Record<string, readonly string[]>> = {
  [SECRETS.buildkite.token]: [
    'read_builds',
    'write_builds',
    'read_build_logs',
    'read_pipelines',
    'read_user',
  ],
  [SECRETS.buildkite.readOnly]: ['read_builds'],
};

interface Call {
  readonly world: World;
  readonly request: PracticeRequest;
  /** Slug of the pipeline; '' where the route has none. */
  readonly service: string;
  readonly number: number;
  readonly job: string;
  readonly scopes: readonly string[];
}

interface Route {
  readonly name: string;
  readonly scope: string | null;
  answer(call: Call): PracticeAnswer;
}

const ORGANIZATION = '/organizations/{org}';
const PIPELINE = `${ORGANIZATION}/pipelines/{pipeline}`;
const BUILD = `${PIPELINE}/builds/{number}`;

const ROUTES: readonly Route[] = [
  { name: 'GET /access-token', scope: null, answer: accessToken },
  {
    name: `GET ${ORGANIZATION}/builds`,
    scope: 'read_builds',
    answer: (call) => listed(call, selected(call.world, call.request, null)),
  },
  {
    name: `GET ${ORGANIZATION}/pipelines`,
    scope: 'read_pipelines',
    answer({ world, request }) {
      const { items, headers } = pageOf(request, built(world));
      return json(
        items.map((name) => showPipeline(name, request.origin)),
        200,
        headers,
      );
    },
  },
  {
    name: `GET ${PIPELINE}`,
    scope: 'read_pipelines',
    answer: ({ service, request }) => json(showPipeline(service, request.origin)),
  },
  {
    name: `GET ${PIPELINE}/builds`,
    scope: 'read_builds',
    answer: (call) => listed(call, selected(call.world, call.request, call.service)),
  },
  {
    name: `POST ${PIPELINE}/builds`,
    scope: 'write_builds',
    answer: ({ world, request, service }) =>
      json(showBuild(world.state, create(world, service, request), request.origin), 201),
  },
  {
    name: `GET ${BUILD}`,
    scope: 'read_builds',
    answer: (call) => json(showBuild(call.world.state, runOf(call), call.request.origin)),
  },
  {
    name: `GET ${BUILD}/jobs/{job}/log`,
    scope: 'read_build_logs',
    answer: (call) => ({
      status: 206,
      headers: { 'Content-Type': 'text/plain' },
      body: tail(logOf(call.world.state, runOf(call), call.job), call.request.headers.range),
    }),
  },
  {
    name: `PUT ${BUILD}/jobs/{job}/unblock`,
    scope: 'write_builds',
    answer(call) {
      const run = runOf(call);
      unblock(call.world, run, call.job, call.request);
      return json(showJobs(run, () => undefined)[run.steps.findIndex(({ id }) => id === call.job)]);
    },
  },
];

/** Buildkite's REST API v2, of one organisation with a pipeline for each service that it builds. */
export function buildkiteServer(monotonic?: () => number): PracticeServer {
  const rate = new RateLimit(monotonic);

  function answer(request: PracticeRequest, world: World): PracticeAnswer {
    const scopes = SCOPES[(request.headers.authorization ?? '').replace(/^Bearer /, '')];
    if (scopes === undefined) {
      const page = 'https://buildkite.com/docs/apis/rest-api#authentication';
      throw new Refusal(401, `Authentication required. Please supply a valid API Access Token: ${page}`);
    }
    const found = match(request);
    const [organization = 'harbour', service = '', number = '0', job = ''] = found?.ids ?? [];
    const isKnown = service === '' || built(world).includes(service);
    if (found === null || organization !== 'harbour' || !isKnown) throw new Refusal(404, 'Not Found');
    const { scope } = found.route;
    if (scope !== null && !scopes.includes(scope)) {
      throw new Refusal(403, `Forbidden. Your token is missing the scope ${scope}`);
    }
    return found.route.answer({ world, request, service, number: Number(number), job, scopes });
  }

  return {
    system: 'buildkite',
    setup: buildkiteSetup,
    identify(request): Operation {
      const { method, path } = request;
      return { name: match(request)?.route.name ?? `${method} ${path}`, mutation: method !== 'GET' };
    },
    handle(request, world) {
      const { ok, reset, headers } = rate.use();
      if (!ok) {
        const message = `You have exceeded your API rate limit. Please wait ${reset} seconds before making more requests.`;
        return json({ message, scope: 'rest_user', limit: 50, current: 51, reset }, 429, headers);
      }
      try {
        const answered = answer(request, world);
        return { ...answered, headers: { ...answered.headers, ...headers } };
      } catch (error) {
        if (error instanceof Refusal) return json({ message: error.message }, error.status, headers);
        throw error;
      }
    },
  };
}

function match({ method, path }: PracticeRequest) {
  const parts = path.replace(/^\/v2(?=\/)/, '').split('/');
  for (const route of ROUTES) {
    const [verb, pattern = ''] = route.name.split(' ');
    const wanted = pattern.split('/');
    const fits = (part: string, at: number) =>
      part === parts[at] || (part.startsWith('{') && parts[at] !== '');
    if (verb !== method || wanted.length !== parts.length || !wanted.every(fits)) continue;
    return { route, ids: parts.filter((_, at) => wanted[at]?.startsWith('{')).map(decodeURIComponent) };
  }
  return null;
}

function accessToken({ world, scopes }: Call): PracticeAnswer {
  const you = world.state.people.find(({ id }) => id === YOU);
  return json({
    uuid: 'b63254c0-3271-4a98-8270-7cfbd6c2f14e',
    scopes,
    description: 'oncall',
    created_at: rfc3339(EPOCH),
    user: { email: you?.email, name: you?.name },
  });
}

function built({ state }: World): readonly string[] {
  return state.services.filter(({ pipeline }) => pipeline === 'buildkite').map(({ name }) => name);
}

function listed({ world, request }: Call, runs: readonly PracticeRun[]): PracticeAnswer {
  const { items, headers } = pageOf(request, runs);
  return json(
    items.map((run) => showBuild(world.state, run, request.origin)),
    200,
    headers,
  );
}

function runOf({ world, service, number }: Call): PracticeRun {
  const run = world.state.pipelineRuns.find((each) => each.service === service && each.number === number);
  if (run === undefined) throw new Refusal(404, 'No build found');
  return run;
}

function tail(log: string, range: string | undefined): string {
  const bytes = Number(/^bytes=-(\d+)$/.exec(range ?? '')?.[1] ?? log.length);
  return Buffer.from(log).subarray(-bytes).toString('utf8');
}
