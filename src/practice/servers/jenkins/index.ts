import { type PracticeRun, runEnd, runState } from '../../world/pipeline-run.ts';
import type { World } from '../../world/world.ts';
import type { Operation, PracticeAnswer, PracticeRequest, PracticeServer } from '../server.ts';
import { type JenkinsUser, json, page, userOf } from './access.ts';
import { build, submit } from './builds.ts';
import { FOLDER, isQueued, personOf, runsOf } from './jobs.ts';
import { logOf } from './log.ts';
import { queued, runOfItem, showItem } from './queue.ts';
import { jenkinsSetup } from './setup.ts';
import { showBuild, showFolder, showInput, showJob, showRun } from './show.ts';

const JOB = new RegExp(`^/job/${FOLDER}/job/([^/]+)(/.*)$`);
const BUILD = /^\/(\d+)(\/.+)$/;
/** JobExt.MAX_RUNS_PER_JOB, and one: it counts after it has added. */
const RUNS_LISTED = 11;
/** Older builds are in `allBuilds` alone. */
const BUILDS_LISTED = 100;

/** Jenkins with folders, pipelines and the REST API of its stage view: https://www.jenkins.io/doc/book/using/remote-access-api/ */
export function jenkinsServer(): PracticeServer {
  return {
    system: 'jenkins',
    setup: jenkinsSetup,
    identify: operationOf,
    handle(request, world) {
      const user = userOf(request);
      return 'status' in user ? user : routed(request, world, user);
    },
  };
}

function routed(request: PracticeRequest, world: World, user: JenkinsUser): PracticeAnswer {
  const { path, origin } = request;
  const { state } = world;
  if (path === '/api/json') return json({ mode: 'NORMAL', jobs: [showFolder(state, origin)] });
  if (path === '/me/api/json')
    return json({ id: user.id, fullName: personOf(state, user.id)?.name ?? user.id });
  if (path === '/queue/api/json')
    return json({ items: queued(state).map((run) => showItem(run, state, origin)) });
  const item = /^\/queue\/item\/(\d+)\/api\/json$/.exec(path)?.[1];
  if (item !== undefined) {
    const run = runOfItem(state, Number(item));
    return run === null ? page(404, 'Not Found') : json(showItem(run, state, origin));
  }
  const [, name = '', rest = ''] = JOB.exec(path) ?? [];
  const runs = runsOf(state, decodeURIComponent(name));
  return runs === null ? page(404, 'Not Found') : ofJob(request, world, { name, rest, runs, user });
}

interface JobRequest {
  readonly name: string;
  readonly rest: string;
  readonly runs: readonly PracticeRun[];
  readonly user: JenkinsUser;
}

function ofJob(
  request: PracticeRequest,
  world: World,
  { name, rest, runs, user }: JobRequest,
): PracticeAnswer {
  const begun = runs.filter((run) => !isQueued(run)).toReversed();
  if (rest === '/buildWithParameters') return build(world, request, name, user);
  if (rest === '/wfapi/runs') {
    return json(begun.slice(0, RUNS_LISTED).map((run) => showRun(run, world.now())));
  }
  if (rest === '/api/json') {
    const [, from = '0', to = String(BUILDS_LISTED)] =
      /builds.*\{(\d+),(\d+)\}/.exec(request.query.get('tree') ?? '') ?? [];
    const asked = begun.slice(Number(from), Math.min(Number(to), BUILDS_LISTED));
    return json(
      showJob(
        name,
        request.origin,
        asked.map((run) => showBuild(run, world.state, request.origin)),
      ),
    );
  }
  const [, number, of = ''] = BUILD.exec(rest) ?? [];
  const run = begun.find((one) => String(one.number) === number);
  return run === undefined ? page(404, 'Not Found') : ofBuild(request, world, { run, of, user });
}

function ofBuild(
  request: PracticeRequest,
  world: World,
  { run, of, user }: { readonly run: PracticeRun; readonly of: string; readonly user: JenkinsUser },
): PracticeAnswer {
  switch (of) {
    case '/api/json':
      return json(showBuild(run, world.state, request.origin));
    case '/wfapi/describe':
      return json(showRun(run, world.now()));
    case '/wfapi/pendingInputActions':
      return json(runState(run) === 'waiting' ? [showInput(run)] : []);
    case '/wfapi/inputSubmit':
      return submit(world, request, run, user);
    case '/logText/progressiveText':
      return log(run, world, Number(request.query.get('start') ?? 0));
    default:
      return page(404, 'Not Found');
  }
}

function log(run: PracticeRun, { state }: World, start: number): PracticeAnswer {
  const text = Buffer.from(logOf(run, state));
  const more: Record<string, string> = runEnd(run) === null ? { 'X-More-Data': 'true' } : {};
  return {
    status: 200,
    headers: { 'Content-Type': 'text/plain;charset=utf-8', 'X-Text-Size': String(text.length), ...more },
    body: text.subarray(Math.min(start, text.length)),
  };
}

function operationOf({ method, path }: PracticeRequest): Operation {
  const route = path
    .replace(/^(\/job\/[^/]+\/job)\/[^/]+/, '/job/{job}')
    .replace(/^\/job\/\{job\}\/\d+/, '/job/{job}/{build}')
    .replace(/^\/queue\/item\/\d+/, '/queue/item/{id}');
  return { name: `${method} ${route}`, mutation: method !== 'GET' };
}
