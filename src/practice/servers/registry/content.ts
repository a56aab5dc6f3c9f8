import { type ImageContent, imageContent, type StoredManifest } from '../../world/image-content.ts';
import type { PracticeImage, WorldState } from '../../world/state.ts';
import type { PracticeAnswer, PracticeRequest } from '../server.ts';
import { RegistryRefusal } from './refusal.ts';

/** Few, whatever `n` asks for. */
const TAGS_A_PAGE = 10;
const NAMES_A_PAGE = 4;

export function refuseUnknown(state: WorldState, repository: string): void {
  if (state.services.some((service) => service.registry !== null && service.repository === repository))
    return;
  throw new RegistryRefusal(404, 'NAME_UNKNOWN', 'repository name not known to registry');
}

/** `GET /v2/_catalog`, in pages of a few. */
export function catalog({ services }: WorldState, { query }: PracticeRequest): PracticeAnswer {
  const names = services.flatMap((each) => (each.registry === null ? [] : [each.repository])).sort();
  const from = names.indexOf(query.get('last') ?? '') + 1;
  const page = names.slice(from, from + Math.min(NAMES_A_PAGE, Number(query.get('n') ?? NAMES_A_PAGE)));
  const more = from + page.length < names.length;
  const next = `</v2/_catalog?n=${page.length}&last=${page.at(-1)}>; rel="next"`;
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json', ...(more ? { Link: next } : {}) },
    body: JSON.stringify({ repositories: page }),
  };
}

/** `GET /v2/{name}/tags/list`: by digest, which is no order. */
export function tagsList(state: WorldState, repository: string, { query }: PracticeRequest): PracticeAnswer {
  const tags = imagesOf(state, repository)
    .sort((one, other) => (one.digest < other.digest ? -1 : 1))
    .map(({ tag }) => tag);
  const from = tags.indexOf(query.get('last') ?? '') + 1;
  const page = tags.slice(from, from + Math.min(TAGS_A_PAGE, Number(query.get('n') ?? TAGS_A_PAGE)));
  const last = page.at(-1);
  const more = last !== undefined && from + page.length < tags.length;
  const next = `</v2/${repository}/tags/list?n=${page.length}&last=${last}>; rel="next"`;
  return {
    status: 200,
    headers: { 'Content-Type': 'application/json', ...(more ? { Link: next } : {}) },
    body: JSON.stringify({ name: repository, tags: page }),
  };
}

/** `GET` and `HEAD /v2/{name}/manifests/{reference}`: only in a format that is accepted. */
export function manifest(
  state: WorldState,
  repository: string,
  reference: string,
  { headers }: PracticeRequest,
): PracticeAnswer {
  const found = findManifest(imagesOf(state, repository), reference);
  const accepted = (headers.accept ?? '').split(',').map((each) => each.trim());
  if (found === null || !accepted.includes(found.mediaType)) {
    const why = found === null ? 'manifest unknown' : `${found.mediaType} is not accepted`;
    throw new RegistryRefusal(404, 'MANIFEST_UNKNOWN', why);
  }
  return {
    status: 200,
    headers: { 'Content-Type': found.mediaType, 'Docker-Content-Digest': found.digest },
    body: found.text,
  };
}

/** A configuration; the layers themselves are nowhere in this world. null: the registry has none of that digest. */
export function configuration(state: WorldState, digest: string, repository?: string): string | null {
  for (const service of state.services) {
    if (service.registry === null || service.repository !== (repository ?? service.repository)) continue;
    for (const image of imagesOf(state, service.repository)) {
      const found = contentOf(image).configs.get(digest);
      if (found !== undefined) return found;
    }
  }
  return null;
}

function findManifest(images: readonly PracticeImage[], reference: string): StoredManifest | null {
  const byDigest = reference.startsWith('sha256:');
  for (const image of images) {
    if (!byDigest && image.tag !== reference) continue;
    const { manifests } = contentOf(image);
    const found = byDigest ? manifests.find(({ digest }) => digest === reference) : manifests[0];
    if (found !== undefined) return found;
  }
  return null;
}

function imagesOf({ images }: WorldState, repository: string): PracticeImage[] {
  return images.filter((image) => image.repository === repository);
}

const contents = new WeakMap<PracticeImage, ImageContent>();

function contentOf(image: PracticeImage): ImageContent {
  const known = contents.get(image) ?? imageContent(image);
  contents.set(image, known);
  return known;
}
