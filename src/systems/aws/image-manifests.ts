import { BatchGetImageCommand, type ECRClient, type ImageIdentifier } from '@aws-sdk/client-ecr';
import * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import { decode } from '../http/decode.ts';
import { parseJson } from '../http/json.ts';
import { read } from './call.ts';

const PERMISSION = 'ecr:BatchGetImage';
/** Without them ECR answers only with formats of old: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html */
const FORMATS = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
];
/** Registries need not take more: https://github.com/opencontainers/distribution-spec/blob/main/spec.md */
const MAX_MANIFEST_BYTES = 4 * 1_048_576;

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'is no sha256 digest');
const platform = z.object({ os: z.string().nullish(), architecture: z.string().nullish() }).nullish();
/** Of one platform, or a list of such: https://github.com/opencontainers/image-spec (manifest, image-index) */
const manifest = z.union([
  z.object({ config: z.object({ digest }) }),
  z.object({ manifests: z.array(z.object({ digest, platform })).min(1) }),
]);
type Manifest = z.output<typeof manifest>;

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
  const chosen = new Map([...byTag].map(([tag, found]) => [tag, 'config' in found ? null : choose(found)]));
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
    client.send(new BatchGetImageCommand({ repositoryName, imageIds, acceptedMediaTypes: FORMATS }), options),
  );
  const found = new Map<string, Manifest>();
  for (const { imageId, imageManifest } of answer.images ?? []) {
    const key = imageId === undefined ? undefined : keyOf(imageId);
    if (key !== undefined && imageManifest !== undefined) found.set(key, parse(imageManifest));
  }
  return found;
}

function parse(text: string): Manifest {
  if (text.length > MAX_MANIFEST_BYTES) {
    throw new Failure('aws', 'too_large', 'The manifest of the image is larger than any registry allows.');
  }
  return decode('aws', 'a manifest', manifest, parseJson('aws', 'ECR', text));
}

function choose({ manifests: list }: Extract<Manifest, { manifests: unknown }>): string | null {
  const usual = list.find((each) => each.platform?.os === 'linux' && each.platform.architecture === 'amd64');
  return (usual ?? list[0])?.digest ?? null;
}
