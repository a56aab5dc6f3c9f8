import type { World } from '../../world/world.ts';
import type { Operation, PracticeAnswer, PracticeRequest, PracticeServer } from '../server.ts';
import { info, version } from './about.ts';
import { containerLogs } from './container-logs.ts';
import { inspectContainer, listContainers } from './containers.ts';
import {
  API_VERSION,
  ENGINE_VERSION,
  type Engine,
  engineOf,
  findContainer,
  MIN_API_VERSION,
} from './engine.ts';
import { EngineFailure } from './failure.ts';
import { inspectImage, listImages } from './images.ts';
import { sample, samples } from './stats.ts';

const HEADERS = {
  'Api-Version': API_VERSION,
  'Docker-Experimental': 'false',
  Ostype: 'linux',
  Server: `Docker/${ENGINE_VERSION} (linux)`,
};

/**
 * The Docker Engine API of the instance that a request is for, with and without `/v1.NN` before the path
 * (https://docs.docker.com/reference/api/engine/version/v1.51/). It can be read, not changed.
 */
export function dockerServer(): PracticeServer {
  return {
    system: 'docker',
    identify: operation,
    handle(request, world) {
      try {
        return route(request, world);
      } catch (error) {
        if (!(error instanceof EngineFailure)) throw error;
        return json({ message: error.message }, error.status);
      }
    },
  };
}

function route(request: PracticeRequest, world: World): PracticeAnswer {
  const { path, api } = split(request.path);
  checkVersion(api);
  const engine = engineOf(world, request.instance);
  if (engine === null) throw new EngineFailure(503, 'the instance is gone');
  const { method, query } = request;
  if (path === '/_ping') return ping(method);
  if (method !== 'GET')
    throw new EngineFailure(403, 'authorization denied by plugin: this engine may only be read');
  const [, reference, part] = /^\/containers\/([^/]+)\/(json|logs|stats)$/.exec(path) ?? [];
  if (reference !== undefined)
    return containerRoute(engine, decodeURIComponent(reference), part ?? '', query);
  const [, image] = /^\/images\/(.+)\/json$/.exec(path) ?? [];
  if (image !== undefined) return json(inspectImage(engine, decodeURIComponent(image)));
  switch (path) {
    case '/version':
      return json(version());
    case '/info':
      return json(info(engine));
    case '/containers/json':
      return json(listContainers(engine, query));
    case '/images/json':
      return json(listImages(engine));
    default:
      throw new EngineFailure(404, 'page not found');
  }
}

function containerRoute(
  engine: Engine,
  reference: string,
  part: string,
  query: URLSearchParams,
): PracticeAnswer {
  const container = findContainer(engine, reference);
  if (container === null) throw new EngineFailure(404, `No such container: ${reference}`);
  switch (part) {
    case 'logs':
      return {
        status: 200,
        headers: { ...HEADERS, 'Content-Type': 'application/vnd.docker.multiplexed-stream' },
        body: containerLogs(engine, container, query),
      };
    case 'stats': {
      if (['0', 'false', 'False'].includes(query.get('stream') ?? 'true'))
        return json(sample(engine, container));
      return {
        status: 200,
        headers: { ...HEADERS, 'Content-Type': 'application/json' },
        body: samples(engine, container),
      };
    }
    default:
      return json(inspectContainer(engine, container));
  }
}

function ping(method: string): PracticeAnswer {
  const headers = { ...HEADERS, 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': 'no-cache' };
  return { status: 200, headers, body: method === 'HEAD' ? '' : 'OK' };
}

function json(body: unknown, status = 200): PracticeAnswer {
  return {
    status,
    headers: { ...HEADERS, 'Content-Type': 'application/json' },
    body: `${JSON.stringify(body)}\n`,
  };
}

/** `GET /containers/{id}/json`. */
function operation({ method, path }: PracticeRequest): Operation {
  const route = split(path)
    .path.replace(/^\/containers\/(?!json$|create$|prune$)[^/]+/, '/containers/{id}')
    .replace(/^\/images\/(?!json$|create$|prune$|search$)(.+)\/json$/, '/images/{name}/json');
  return { name: `${method} ${route}`, mutation: method !== 'GET' && method !== 'HEAD' };
}

function split(whole: string): { path: string; api: string | null } {
  const [, api, path = whole] = /^\/v(\d+\.\d+)(\/.*)$/.exec(whole) ?? [];
  return { path, api: api ?? null };
}

function checkVersion(api: string | null): void {
  if (api === null) return;
  const minor = (version: string) => Number(version.split('.')[1]);
  if (minor(api) > minor(API_VERSION)) {
    throw new EngineFailure(
      400,
      `client version ${api} is too new. Maximum supported API version is ${API_VERSION}`,
    );
  }
  if (minor(api) < minor(MIN_API_VERSION)) {
    throw new EngineFailure(
      400,
      `client version ${api} is too old. Minimum supported API version is ${MIN_API_VERSION}, please upgrade your client to a newer version`,
    );
  }
}
