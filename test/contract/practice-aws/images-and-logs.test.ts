import {
  DescribeLogGroupsCommand,
  type FilteredLogEvent,
  FilterLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeImagesCommand,
  DescribeRepositoriesCommand,
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
  expect(repositories).toHaveLength(32);
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
