import { createHash } from 'node:crypto';
import {
  DescribeLogGroupsCommand,
  type FilteredLogEvent,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  BatchGetImageCommand,
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
  GetDownloadUrlForLayerCommand,
  ListImagesCommand,
  paginateDescribeImages,
} from '@aws-sdk/client-ecr';
import { expect, test } from 'vitest';
import { type PracticeAws, practiceAws, refusal } from './practice-aws.ts';

test('an image by its tag, with digest and the time it was pushed', async () => {
  const { ecr, world } = await practiceAws();
  const known = world.state.images.find(
    ({ repository, tag }) => repository === 'charge-central' && tag === '1.0.282',
  );
  const { imageDetails: details = [] } = await ecr.send(
    new DescribeImagesCommand({ repositoryName: 'charge-central', imageIds: [{ imageTag: '1.0.282' }] }),
  );
  expect(details).toHaveLength(1);
  expect(details[0]).toMatchObject({ imageDigest: known?.digest, imageTags: ['1.0.282'] });
  expect(details[0]?.imagePushedAt?.getTime()).toBe(known?.pushedAt);
});

test('what the registry does not have', async () => {
  const { ecr } = await practiceAws();
  const image = new DescribeImagesCommand({
    repositoryName: 'charge-central',
    imageIds: [{ imageTag: '9.9.9' }],
  });
  expect(await refusal(ecr.send(image))).toMatchObject({
    name: 'ImageNotFoundException',
    status: 400,
    message: expect.stringContaining("imageTag:'9.9.9'"),
  });
  const repository = new DescribeImagesCommand({ repositoryName: 'nobody' });
  expect(await refusal(ecr.send(repository))).toEqual({
    name: 'RepositoryNotFoundException',
    status: 400,
    message: "The repository with name 'nobody' does not exist in the registry with id '210987654321'",
  });
});

test('a manifest and its configuration, each under its own digest', async () => {
  const { ecr, world } = await practiceAws();
  const known = world.state.images.find(
    ({ repository, tag }) => repository === 'charge-central' && tag === '1.0.282',
  );
  const { images, failures } = await ecr.send(
    new BatchGetImageCommand({
      repositoryName: 'charge-central',
      imageIds: [{ imageTag: '1.0.282' }, { imageTag: '9.9.9' }],
    }),
  );
  expect(failures).toMatchObject([{ imageId: { imageTag: '9.9.9' }, failureCode: 'ImageNotFound' }]);
  const [{ imageManifest = '', imageId } = {}] = images ?? [];
  expect(imageId).toEqual({ imageTag: '1.0.282', imageDigest: known?.digest });
  expect(sha256(imageManifest)).toBe(known?.digest);

  const { digest: layerDigest } = JSON.parse(imageManifest).config;
  const { downloadUrl = '' } = await ecr.send(
    new GetDownloadUrlForLayerCommand({ repositoryName: 'charge-central', layerDigest }),
  );
  const answer = await fetch(downloadUrl);
  const text = await answer.text();
  expect(sha256(text)).toBe(layerDigest);
  expect(JSON.parse(text).config.Labels).toEqual(known?.labels);

  expect((await fetch(downloadUrl, { headers: { authorization: 'Bearer x' } })).status).toBe(400);
  expect((await fetch(downloadUrl.replace('charge-central', 'mailer'))).status).toBe(403);
  world.advance(2 * 3_600);
  expect((await fetch(downloadUrl)).status).toBe(403);
  const nowhere = new GetDownloadUrlForLayerCommand({
    repositoryName: 'charge-central',
    layerDigest: `sha256:${'0'.repeat(64)}`,
  });
  expect(await refusal(ecr.send(nowhere))).toMatchObject({ name: 'LayersNotFoundException', status: 400 });
});

test('an image for several platforms is an index, unless no index is accepted', async () => {
  const { ecr } = await practiceAws();
  const { imageIds: [id] = [] } = await ecr.send(new ListImagesCommand({ repositoryName: 'image-resizer' }));
  const ask = (imageIds: object[], acceptedMediaTypes?: string[]) =>
    ecr.send(new BatchGetImageCommand({ repositoryName: 'image-resizer', imageIds, acceptedMediaTypes }));
  const { images } = await ask([{ imageTag: id?.imageTag }]);
  const index = JSON.parse(images?.[0]?.imageManifest ?? '{}');
  const platforms = index.manifests.map((each: { platform: object }) => each.platform);
  expect(platforms).toEqual([
    { architecture: 'arm64', os: 'linux' },
    { architecture: 'amd64', os: 'linux' },
  ]);
  const child = await ask([{ imageDigest: index.manifests[1].digest }]);
  expect(child.images?.[0]?.imageManifestMediaType).toBe('application/vnd.oci.image.manifest.v1+json');
  const refused = await ask([{ imageTag: id?.imageTag }], ['application/vnd.oci.image.manifest.v1+json']);
  expect(refused.failures?.[0]?.failureCode).toBe('UnsupportedImageType');
});

test('images and repositories are paged', async () => {
  const { ecr, world } = await practiceAws();
  const own = world.state.images.filter(({ repository }) => repository === 'charge-central');
  const tags: string[] = [];
  for await (const page of paginateDescribeImages(
    { client: ecr, pageSize: 7 },
    { repositoryName: 'charge-central' },
  )) {
    expect(page.imageDetails?.length).toBeLessThanOrEqual(7);
    tags.push(...(page.imageDetails ?? []).flatMap(({ imageTags }) => imageTags ?? []));
  }
  expect(tags.sort()).toEqual(own.map(({ tag }) => tag).sort());
  const listed = await ecr.send(
    new ListImagesCommand({ repositoryName: 'charge-central', maxResults: 1000 }),
  );
  expect(listed.imageIds).toHaveLength(own.length);
  const { repositories } = await ecr.send(new DescribeRepositoriesCommand({}));
  expect(repositories).toHaveLength(26);
});

test('log groups by prefix, 50 a page', async () => {
  const { logs } = await practiceAws();
  const first = await logs.send(new DescribeLogGroupsCommand({}));
  expect(first.logGroups).toHaveLength(50);
  expect(first.nextToken).toBeDefined();
  const prefix = new DescribeLogGroupsCommand({ logGroupNamePrefix: '/harbour/prod/ch' });
  const names = (await logs.send(prefix)).logGroups?.map(({ logGroupName }) => logGroupName);
  expect(names).toEqual(['/harbour/prod/charge-central', '/harbour/prod/checkout']);
});

test('log events of an hour: several pages, nothing twice, nothing missing', async () => {
  const aws = await practiceAws();
  const endTime = aws.world.now() - 60_000;
  const startTime = endTime - 3_600_000;
  const { events, pages } = await filtered(aws, { startTime, endTime, limit: 500 });
  const truth = aws.world.logs.lines({
    service: 'charge-central',
    environment: 'prod',
    from: startTime,
    to: endTime + 1,
    limit: 1_000_000,
  });
  expect(pages).toBeGreaterThan(3);
  expect(events.map(({ message }) => message)).toEqual(truth.map(({ raw }) => raw));
  expect(new Set(events.map(({ eventId }) => eventId)).size).toBe(events.length);
});

test('log events by a filter pattern', async () => {
  const aws = await practiceAws();
  const endTime = aws.world.now();
  const span = { startTime: endTime - 600_000, endTime };
  const { events } = await filtered(aws, { ...span, filterPattern: '"undefined method" -POST' });
  expect(events.length).toBeGreaterThan(0);
  expect(events.every(({ message }) => message?.includes('undefined method'))).toBe(true);
  const json = new FilterLogEventsCommand({
    logGroupName: '/harbour/prod/charge-central',
    filterPattern: '{ $.a = 1 }',
  });
  expect(await refusal(aws.logs.send(json))).toMatchObject({ name: 'InvalidParameterException' });
});

test('a log group that does not exist', async () => {
  const { logs } = await practiceAws();
  const unknown = new FilterLogEventsCommand({ logGroupName: '/harbour/prod/nobody' });
  expect(await refusal(logs.send(unknown))).toEqual({
    name: 'ResourceNotFoundException',
    status: 400,
    message: 'The specified log group does not exist.',
  });
});

function sha256(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

async function filtered(
  { logs }: PracticeAws,
  query: { startTime: number; endTime: number; limit?: number; filterPattern?: string },
): Promise<{ events: FilteredLogEvent[]; pages: number }> {
  const events: FilteredLogEvent[] = [];
  let nextToken: string | undefined;
  let pages = 0;
  do {
    const page = await logs.send(
      new FilterLogEventsCommand({
        logGroupName: '/harbour/prod/charge-central',
        ...query,
        ...(nextToken === undefined ? {} : { nextToken }),
      }),
    );
    events.push(...(page.events ?? []));
    nextToken = page.nextToken;
    pages++;
  } while (nextToken !== undefined);
  return { events, pages };
}
