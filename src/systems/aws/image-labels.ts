import { GetDownloadUrlForLayerCommand } from '@aws-sdk/client-ecr';
import type { ImageLabels } from '../../model/deploy.ts';
import { Failure } from '../../model/failure.ts';
import type { Transport } from '../http/transport.ts';
import { MAX_CONFIGURATION_BYTES, parseConfiguration } from '../images/configuration.ts';
import { read } from './call.ts';
import { configDigests, type Repository } from './image-manifests.ts';

const PERMISSION = 'ecr:GetDownloadUrlForLayer';
const DEADLINE_MS = 10_000;

export interface LabelPlace extends Repository {
  readonly transport: Transport;
  readonly caFile: string | null;
}

/**
 * Labels by version. DescribeImages does not tell them (https://github.com/aws/containers-roadmap/issues/178): they
 * stand in the image's configuration, which ECR keeps among the layers. For two versions that is five requests.
 */
export async function imageLabels(
  place: LabelPlace,
  versions: readonly string[],
  signal: AbortSignal | undefined,
): Promise<ReadonlyMap<string, ImageLabels>> {
  const digests = await configDigests(place, versions, signal);
  const read = await Promise.all(
    [...new Set(digests.values())].map(
      async (digest) => [digest, await labelsOf(place, digest, signal)] as const,
    ),
  );
  const byDigest = new Map(read);
  return new Map([...digests].map(([version, digest]) => [version, byDigest.get(digest) ?? new Map()]));
}

async function labelsOf(
  place: LabelPlace,
  digest: string,
  signal: AbortSignal | undefined,
): Promise<ImageLabels> {
  const { client, repositoryName } = place;
  const { downloadUrl = '' } = await read(PERMISSION, signal, (options) =>
    client.send(new GetDownloadUrlForLayerCommand({ repositoryName, layerDigest: digest }), options),
  );
  const host = URL.parse(downloadUrl)?.host;
  if (host === undefined) throw new Failure('aws', 'unreadable', 'ECR gave no address for a configuration.');
  const body = await download(place, downloadUrl, host, signal);
  return parseConfiguration('aws', host, body, digest).labels;
}

/** The URL is presigned: it is its own permission, so nothing of ours goes along, and it is never shown. */
async function download(
  { transport, caFile }: LabelPlace,
  url: string,
  host: string,
  signal: AbortSignal | undefined,
): Promise<Buffer> {
  const { status, body } = await transport.request({
    system: 'aws',
    method: 'GET',
    url,
    deadlineMs: DEADLINE_MS,
    maxBytes: MAX_CONFIGURATION_BYTES,
    retries: 1,
    ...(signal === undefined ? {} : { signal }),
    ...(caFile === null ? {} : { caFile }),
  });
  if (status === 200) return body;
  const code = status === 403 ? 'forbidden' : status >= 500 ? 'server_error' : 'unknown';
  throw new Failure('aws', code, `${host} answered ${status} instead of the image's configuration.`, {
    status,
  });
}
