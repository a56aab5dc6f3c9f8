import { SECRETS } from '../../secrets.ts';
import { shortName } from '../../world/history.ts';
import { YOU } from '../../world/people.ts';
import { PipelineRefusal } from '../../world/pipelines.ts';
import type { WorldState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import type { Operation, PracticeAnswer, PracticeRequest, PracticeServer } from '../server.ts';
import {
  type EnvironmentName,
  type PracticeProject,
  projectsOf,
  releasesOf,
  resultId,
  resultsOf,
} from './projects.ts';
import { BambooRefusal, json, xml } from './reply.ts';
import { bambooSetup } from './setup.ts';
import { showProject, showRelease, showResult } from './show.ts';

const API = '/rest/api/latest';
const A_PAGE = 25;
const MOST_A_PAGE = 100;

interface Call {
  readonly world: World;
  readonly request: PracticeRequest;
  readonly id: number;
}

const ROUTES: readonly { readonly name: string; answer(call: Call): PracticeAnswer }[] = [
  { name: 'GET /currentUser', answer: ({ world }) => json(you(world.state)) },
  {
    name: 'GET /deploy/project/all',
    answer: ({ world }) => json(projectsOf(world.state).map(showProject)),
  },
  {
    name: 'GET /deploy/project/{id}',
    answer: ({ world, id }) => json(showProject(projectWith(world.state, (one) => one.id === id))),
  },
  {
    name: 'GET /deploy/project/{id}/versions',
    answer({ world, request, id }) {
      const { service } = projectWith(world.state, (one) => one.id === id);
      return page(request, 'versions', releasesOf(world.state, service.name).map(showRelease));
    },
  },
  {
    name: 'GET /deploy/environment/{id}/results',
    answer({ world: { state }, request, id }) {
      const { project, environment } = environmentWith(state, id);
      const results = resultsOf(state, project.service.name).filter((one) => one.environment === environment);
      return page(
        request,
        'results',
        results.map((one) => showResult(state, project, one)),
      );
    },
  },
  {
    name: 'GET /deploy/result/{id}',
    answer({ world: { state }, id }) {
      for (const project of projectsOf(state)) {
        const result = resultsOf(state, project.service.name).find((one) => one.id === id);
        if (result !== undefined) return json(showResult(state, project, result));
      }
      throw new BambooRefusal(404, `Deployment result with id ${id} not found`);
    },
  },
  { name: 'POST /queue/deployment', answer: queue },
];

/** Bamboo Data Center's REST API, as far as oncall asks it: https://developer.atlassian.com/server/bamboo/rest/ */
export function bambooServer(): PracticeServer {
  return {
    system: 'bamboo',
    setup: bambooSetup,
    identify(request): Operation {
      const { name } = match(request) ?? { name: `${request.method} ${pathOf(request)}` };
      return { name, mutation: request.method !== 'GET' };
    },
    handle(request, world) {
      try {
        if (request.headers.authorization !== `Bearer ${SECRETS.bamboo.token}`) {
          throw new BambooRefusal(401, 'Client must be authenticated to access this resource.');
        }
        const found = match(request);
        if (found === null) throw new BambooRefusal(404, 'null for uri');
        const answer = found.answer({ world, request, id: Number(/\d+/.exec(pathOf(request))?.[0]) });
        return request.headers.accept?.includes('application/json') === true ? answer : xml();
      } catch (error) {
        if (error instanceof BambooRefusal) return error.answer;
        throw error;
      }
    },
  };
}

function pathOf({ path }: PracticeRequest): string {
  return path.startsWith(API) ? path.slice(API.length).replace(/\/$/, '') : path;
}

function match(request: PracticeRequest) {
  const name = `${request.method} ${pathOf(request).replace(/\/\d+(?=\/|$)/, '/{id}')}`;
  return ROUTES.find((route) => route.name === name) ?? null;
}

function page({ query }: PracticeRequest, key: string, all: readonly object[]): PracticeAnswer {
  const start = Math.max(0, Number(query.get('start-index') ?? 0) || 0);
  const size = Math.min(MOST_A_PAGE, Math.max(1, Number(query.get('max-result') ?? A_PAGE) || A_PAGE));
  const items = all.slice(start, start + size);
  return json({ [key]: items, size: all.length, 'start-index': start, 'max-result': size });
}

/** Deploys a release: a newer one or an older one, it is the same request. */
function queue({ world, request: { query, origin } }: Call): PracticeAnswer {
  const { state } = world;
  const { project, environment } = environmentWith(state, Number(query.get('environmentId')));
  const service = project.service.name;
  const release = releasesOf(state, service).find(({ id }) => String(id) === query.get('versionId'));
  if (release === undefined) throw new BambooRefusal(404, 'Deployment version not found');
  try {
    const { version } = release;
    const who = you(state).name;
    const run = world.pipelines.start({ service, environment, version, who, message: '', intent: null });
    const id = resultId(state, run, environment);
    const link = { href: `${origin}${API}/deploy/result/${id}`, rel: 'self' };
    return json({ deploymentResultId: id, link });
  } catch (error) {
    if (error instanceof PipelineRefusal) throw new BambooRefusal(400, error.message);
    throw error;
  }
}

function you({ people }: WorldState) {
  const person = people.find(({ id }) => id === YOU);
  const email = person?.email ?? '';
  return { name: shortName(email), fullName: person?.name ?? '', email };
}

function projectWith(state: WorldState, wanted: (project: PracticeProject) => boolean): PracticeProject {
  const found = projectsOf(state).find(wanted);
  if (found === undefined) throw new BambooRefusal(404, 'Deployment project not found');
  return found;
}

function environmentWith(state: WorldState, id: number) {
  const project = projectWith(state, ({ environments }) => Object.values(environments).includes(id));
  const environment: EnvironmentName = project.environments.prod === id ? 'prod' : 'test';
  return { project, environment };
}
