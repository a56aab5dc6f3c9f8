import { imageContent } from '../../world/image-content.ts';
import type { PracticeImage, WorldState } from '../../world/state.ts';
import { batchGetImage, getDownloadUrlForLayer } from './ecr-content.ts';
import type { JsonInput } from './json.ts';
import { type Page, pageOf } from './paging.ts';
import { AwsError, type JsonCall, type JsonService, reading } from './protocol.ts';

/** Amazon ECR, API version 2015-09-21, JSON 1.1; the cockpit only reads it. */
export const ecr: JsonService = {
  name: 'ecr',
  target: 'AmazonEC2ContainerRegistry_V20150921',
  operations: {
    DescribeRepositories: reading(describeRepositories),
    DescribeImages: reading(describeImages),
    ListImages: reading(listImages),
    BatchGetImage: reading((call) => batchGetImage(call, repositoryOf(call.input, call.world.state))),
    GetDownloadUrlForLayer: reading((call) =>
      getDownloadUrlForLayer(call, repositoryOf(call.input, call.world.state)),
    ),
  },
};

function describeRepositories({ world, input }: JsonCall): object {
  const { state } = world;
  const names = input.strings('repositoryNames');
  for (const name of names) refuseUnknownRepository(state, name);
  const found = [...repositories(state)].filter((name) => names.length === 0 || names.includes(name)).sort();
  const { items, next } = page(found, input);
  return {
    repositories: items.map((repositoryName) => ({
      repositoryArn: `arn:aws:ecr:${state.region}:${state.account}:repository/${repositoryName}`,
      registryId: state.account,
      repositoryName,
      repositoryUri: `${state.account}.dkr.ecr.${state.region}.amazonaws.com/${repositoryName}`,
      imageTagMutability: 'MUTABLE',
      imageScanningConfiguration: { scanOnPush: false },
    })),
    nextToken: next,
  };
}

function describeImages({ world, input }: JsonCall): object {
  const { state } = world;
  const repository = repositoryOf(input, state);
  const images = imagesByDigest(state, repository);
  const wanted = input.list('imageIds');
  const found = wanted.length === 0 ? images : wanted.map((id) => imageWith(id, images, repository, state));
  const { items, next } = page(found, input);
  return {
    imageDetails: items.map(({ image, tags }) => ({
      registryId: state.account,
      repositoryName: repository,
      imageDigest: image.digest,
      imageTags: tags,
      imageSizeInBytes: image.bytes,
      imagePushedAt: image.pushedAt / 1000,
      imageManifestMediaType: imageContent(image).manifests[0]?.mediaType,
    })),
    nextToken: next,
  };
}

function listImages({ world, input }: JsonCall): object {
  const { state } = world;
  const images = imagesByDigest(state, repositoryOf(input, state));
  const ids = images.flatMap(({ image, tags }) =>
    tags.map((imageTag) => ({ imageDigest: image.digest, imageTag })),
  );
  const { items, next } = page(ids, input);
  return { imageIds: items, nextToken: next };
}

interface TaggedImage {
  readonly image: PracticeImage;
  readonly tags: readonly string[];
}

/** The registry gives no order that means anything: here they come by digest. */
function imagesByDigest(state: WorldState, repository: string): TaggedImage[] {
  const byDigest = Map.groupBy(
    state.images.filter((image) => image.repository === repository),
    (image) => image.digest,
  );
  return [...byDigest.values()]
    .flatMap((same) => {
      const image = same[0];
      return image === undefined ? [] : [{ image, tags: same.map(({ tag }) => tag) }];
    })
    .sort((one, other) => (one.image.digest < other.image.digest ? -1 : 1));
}

function imageWith(
  id: JsonInput,
  images: readonly TaggedImage[],
  repository: string,
  state: WorldState,
): TaggedImage {
  const tag = id.text('imageTag');
  const digest = id.text('imageDigest');
  const found = images.find(
    ({ image, tags }) => (tag === null || tags.includes(tag)) && (digest === null || image.digest === digest),
  );
  if (found !== undefined && (tag !== null || digest !== null)) return found;
  throw new AwsError(
    'ImageNotFoundException',
    `The image with imageId {imageDigest:'${digest}', imageTag:'${tag}'} does not exist within the repository with name '${repository}' in the registry with id '${state.account}'`,
  );
}

function repositoryOf(input: JsonInput, state: WorldState): string {
  const name = input.text('repositoryName') ?? '';
  refuseUnknownRepository(state, name);
  return name;
}

function refuseUnknownRepository(state: WorldState, name: string): void {
  if (repositories(state).has(name)) return;
  throw new AwsError(
    'RepositoryNotFoundException',
    `The repository with name '${name}' does not exist in the registry with id '${state.account}'`,
  );
}

function repositories(state: WorldState): Set<string> {
  return new Set(
    state.services.filter(({ registry }) => registry === null).map(({ repository }) => repository),
  );
}

/** `maxResults` is 100 unless told, at most 1,000. */
function page<T>(all: readonly T[], input: JsonInput): Page<T> {
  const size = input.number('maxResults') ?? 100;
  const invalid = (what: string) => () =>
    new AwsError(
      'InvalidParameterException',
      `Invalid parameter at '${what}' failed to satisfy constraint: 'invalid value'`,
    );
  if (size < 1 || size > 1000) throw invalid('maxResults')();
  return pageOf(all, size, input.text('nextToken'), invalid('nextToken'));
}
