import type { World } from '../../world/world.ts';
import type { Operation, PracticeAnswer, PracticeRequest, PracticeServer } from '../server.ts';
import { catalog, configuration, manifest, refuseUnknown, tagsList } from './content.ts';
import { RegistryRefusal } from './refusal.ts';
import { registrySetup } from './setup.ts';
import { isStorageRequest, redirectToStorage, storageAnswer } from './storage.ts';
import { giveToken, refuseStrangers, scopeOf } from './tokens.ts';

/** Repositories have slashes in their names. */
const ROUTE = /^\/v2\/(.+)\/(?:(tags)\/list|(manifests|blobs)\/([^/]+))$/;

/**
 * The images that are not in ECR, by Docker Registry HTTP API v2 with token authentication, its token server
 * included: https://distribution.github.io/distribution/spec/api/
 */
export function registryServer(): PracticeServer {
  return {
    system: 'registry',
    setup: registrySetup,
    identify: ({ method, path }): Operation => ({ name: `${method} ${routeOf(path)}`, mutation: false }),
    handle(request, world) {
      try {
        return answer(request, world);
      } catch (error) {
        if (error instanceof RegistryRefusal) return error.answer;
        throw error;
      }
    },
  };
}

function answer(request: PracticeRequest, world: World): PracticeAnswer {
  const { method, path } = request;
  const { state } = world;
  if (method !== 'GET' && method !== 'HEAD') {
    throw new RegistryRefusal(405, 'UNSUPPORTED', 'The operation is unsupported.');
  }
  if (path === '/token') return giveToken(request, world);
  if (isStorageRequest(request)) return storageAnswer(request, (digest) => configuration(state, digest));
  const [, name = '', tags, kind, reference = ''] = ROUTE.exec(path) ?? [];
  refuseStrangers(request, scopeOf(path, name), world);
  if (path === '/v2/') return { status: 200, headers: { 'Content-Type': 'application/json' }, body: '{}' };
  if (path === '/v2/_catalog') return catalog(state, request);
  refuseUnknown(state, name);
  if (tags !== undefined) return tagsList(state, name, request);
  if (kind === 'manifests') return manifest(state, name, reference, request);
  if (configuration(state, reference, name) !== null) return redirectToStorage(request, reference);
  throw new RegistryRefusal(404, 'BLOB_UNKNOWN', 'blob unknown to registry');
}

function routeOf(path: string): string {
  if (path.startsWith('/storage/')) return '/storage/{digest}';
  const [, , tags, kind] = ROUTE.exec(path) ?? [];
  if (tags !== undefined) return '/v2/{name}/tags/list';
  if (kind === 'manifests') return '/v2/{name}/manifests/{reference}';
  return kind === 'blobs' ? '/v2/{name}/blobs/{digest}' : path;
}
