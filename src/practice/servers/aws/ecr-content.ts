import { imageContent, type StoredManifest } from '../../world/image-content.ts';
import type { PracticeImage } from '../../world/state.ts';
import type { JsonInput } from './json.ts';
import { configOf, presigned } from './layer-storage.ts';
import { AwsError, type JsonCall } from './protocol.ts';

/** The most that BatchGetImage takes: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_BatchGetImage.html */
const MOST_IMAGES = 100;

/** BatchGetImage: manifests by tag or digest; what is not there stands among the failures, each with its reason. */
export function batchGetImage({ world, input }: JsonCall, repositoryName: string): object {
  const wanted = input.list('imageIds');
  if (wanted.length === 0 || wanted.length > MOST_IMAGES) {
    throw new AwsError('InvalidParameterException', "Invalid parameter at 'imageIds'");
  }
  const accepted = input.strings('acceptedMediaTypes');
  const own = world.state.images.filter(({ repository }) => repository === repositoryName);
  const images: object[] = [];
  const failures: object[] = [];
  for (const id of wanted) {
    const imageId = idOf(id);
    const found = manifestOf(own, id);
    if (found === null) {
      failures.push({ imageId, failureCode: 'ImageNotFound', failureReason: 'Requested image not found' });
    } else if (accepted.length > 0 && !accepted.includes(found.mediaType)) {
      failures.push({
        imageId,
        failureCode: 'UnsupportedImageType',
        failureReason: 'Requested image has a media type that is not accepted',
      });
    } else {
      images.push({
        registryId: world.state.account,
        repositoryName,
        imageId: { ...imageId, imageDigest: found.digest },
        imageManifest: found.text,
        imageManifestMediaType: found.mediaType,
      });
    }
  }
  return { images, failures };
}

/** GetDownloadUrlForLayer: a configuration lies beside the layers. The layers themselves are nowhere in this world. */
export function getDownloadUrlForLayer({ world, input, origin }: JsonCall, repositoryName: string): object {
  const layerDigest = input.text('layerDigest') ?? '';
  if (configOf(world, repositoryName, layerDigest) === null) {
    throw new AwsError(
      'LayersNotFoundException',
      `The layer with digest '${layerDigest}' does not exist within the repository with name '${repositoryName}'`,
    );
  }
  return { downloadUrl: presigned(origin, repositoryName, layerDigest, world), layerDigest };
}

function manifestOf(images: readonly PracticeImage[], id: JsonInput): StoredManifest | null {
  const tag = id.text('imageTag');
  const digest = id.text('imageDigest');
  if (tag === null && digest === null) return null;
  for (const image of images) {
    if (tag !== null && image.tag !== tag) continue;
    const { manifests } = imageContent(image);
    const found = digest === null ? manifests[0] : manifests.find((each) => each.digest === digest);
    if (found !== undefined) return found;
  }
  return null;
}

function idOf(id: JsonInput): object {
  const tag = id.text('imageTag');
  const digest = id.text('imageDigest');
  return {
    ...(tag === null ? {} : { imageTag: tag }),
    ...(digest === null ? {} : { imageDigest: digest }),
  };
}
