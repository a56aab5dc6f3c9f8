import { BatchGetImageCommand, type ECRClient, type ImageIdentifier } from '@aws-sdk/client-ecr';
import { Failure } from '../../model/failure.ts';
import { MANIFEST_FORMATS, type Manifest, parseManifest, platformDigest } from '../images/manifest.ts';
import { read } from './call.ts';

const PERMISSION = 'ecr:BatchGetImage';
export interface Repository {
  readonly client: ECRClient;
  readonly repositoryName: string;
}

/**
 * Digest of the configuration of each tag's image, by tag; a tag that does not exist is missing. One request, and
 * one more where an image is a list of platforms: then linux on amd64 is taken, else the first of the list.
 */
export async function configDigests(
  repository: Repository,
  tags: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, string>> {
  const byTag = await manifests(
    repository,
    tags.map((imageTag) => ({ imageTag })),
    ({ imageTag }) => imageTag,
    signal,
  );
  const chosen = new Map([...byTag].map(([tag, found]) => [tag, platformDigest(found)]));
  const needed = [...new Set([...chosen.values()].filter((each) => each !== null))];
  const byDigest = await manifests(
    repository,
    needed.map((imageDigest) => ({ imageDigest })),
    ({ imageDigest }) => imageDigest,
    signal,
  );
  const digests = new Map<string, string>();
  for (const [tag, own] of byTag) {
    const found = 'config' in own ? own : byDigest.get(chosen.get(tag) ?? '');
    if (found === undefined || !('config' in found)) {
      throw new Failure('aws', 'unreadable', `The registry's list of platforms of ${tag} leads to no image.`);
    }
    digests.set(tag, found.config.digest);
  }
  return digests;
}

async function manifests(
  { client, repositoryName }: Repository,
  imageIds: ImageIdentifier[],
  keyOf: (id: ImageIdentifier) => string | undefined,
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, Manifest>> {
  if (imageIds.length === 0) return new Map();
  const answer = await read(PERMISSION, signal, (options) =>
    client.send(
      new BatchGetImageCommand({ repositoryName, imageIds, acceptedMediaTypes: MANIFEST_FORMATS }),
      options,
    ),
  );
  const found = new Map<string, Manifest>();
  for (const { imageId, imageManifest } of answer.images ?? []) {
    const key = imageId === undefined ? undefined : keyOf(imageId);
    if (key !== undefined && imageManifest !== undefined)
      found.set(key, parseManifest('aws', 'ECR', imageManifest));
  }
  return found;
}
