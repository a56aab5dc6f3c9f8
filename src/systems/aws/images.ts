import { DescribeImagesCommand, ECRClient, type ImageDetail } from '@aws-sdk/client-ecr';
import type { Service } from '../../model/catalog.ts';
import type { Image } from '../../model/deploy.ts';
import { Failure } from '../../model/failure.ts';
import type { Images } from '../../model/ports/index.ts';
import { safeText } from '../../model/safe-text.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { TAG } from '../images/tag.ts';
import { read } from './call.ts';
import { awsClients } from './clients.ts';
import { imageLabels } from './image-labels.ts';

const PERMISSION = 'ecr:DescribeImages';
/** The most that DescribeImages gives: https://docs.aws.amazon.com/AmazonECR/latest/APIReference/API_DescribeImages.html */
const PAGE = 1_000;
const MAX_PAGES = 30;

/** A service's images in ECR. The registry's order means nothing: newest first is by the time of the push. */
export function openImages(deps: AdapterDeps): Images {
  const clients = awsClients(deps);
  return {
    async images(service, environment, limit, signal) {
      const repositoryName = repositoryOf(service);
      const client = clients.client(environment, 'act', ECRClient);
      const found: Image[] = [];
      let nextToken: string | undefined;
      for (let page = 0; page < MAX_PAGES; page += 1) {
        const answer = await read(PERMISSION, signal, (options) =>
          client.send(
            new DescribeImagesCommand({
              repositoryName,
              maxResults: PAGE,
              filter: { tagStatus: 'TAGGED' },
              ...(nextToken === undefined ? {} : { nextToken }),
            }),
            options,
          ),
        );
        found.push(...(answer.imageDetails ?? []).flatMap(imagesOf));
        nextToken = answer.nextToken;
        if (nextToken === undefined) break;
      }
      return found.sort((a, b) => (b.pushedAt ?? 0) - (a.pushedAt ?? 0)).slice(0, limit);
    },

    async image(service, environment, version, signal) {
      if (!TAG.test(version)) return null;
      const repositoryName = repositoryOf(service);
      const client = clients.client(environment, 'act', ECRClient);
      try {
        const answer = await read(PERMISSION, signal, (options) =>
          client.send(
            new DescribeImagesCommand({ repositoryName, imageIds: [{ imageTag: version }] }),
            options,
          ),
        );
        const [detail] = answer.imageDetails ?? [];
        if (detail?.imageDigest === undefined) return null;
        return imageOf(version, detail.imageDigest, detail);
      } catch (thrown) {
        if (thrown instanceof Failure && thrown.details.vendorCode === 'ImageNotFoundException') return null;
        throw thrown;
      }
    },

    async labels(service, environment, versions, signal) {
      const { caFile } = clients.environment(environment);
      const client = clients.client(environment, 'act', ECRClient);
      const place = { client, repositoryName: repositoryOf(service), transport: deps.transport, caFile };
      return imageLabels(
        place,
        [...new Set(versions)].filter((version) => TAG.test(version)),
        signal,
      );
    },
  };
}

function imagesOf(detail: ImageDetail): Image[] {
  const digest = detail.imageDigest;
  if (digest === undefined) return [];
  return (detail.imageTags ?? []).map((tag) => imageOf(tag, digest, detail));
}

function imageOf(tag: string, digest: string, detail: ImageDetail): Image {
  return {
    version: safeText(tag, { maxLength: 128 }),
    digest: safeText(digest, { maxLength: 256 }),
    pushedAt: detail.imagePushedAt?.getTime() ?? null,
  };
}

function repositoryOf(service: Service): string {
  if (service.image !== null) return service.image;
  throw new Failure(
    'aws',
    'not_configured',
    `The image of ${service.name} is not known: set services.${service.name}.image.`,
  );
}
