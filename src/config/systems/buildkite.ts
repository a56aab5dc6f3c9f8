import * as z from 'zod';
import { httpSystem, systemUrl } from './parts.ts';

const slug = z
  .string()
  .regex(/^[a-z0-9][a-z0-9-]*$/, { error: 'write the slug, as it stands in its address' });

export const buildkite = z.strictObject({
  ...httpSystem,
  url: systemUrl.default('https://api.buildkite.com/v2').describe('Base of the REST API.'),
  organization: slug.describe('Slug of the organisation: harbour in https://buildkite.com/harbour.'),
  environments: z
    .record(z.string(), z.string())
    .default({})
    .describe('Names of environments in the pipelines where they differ from ours: { prod: production }.'),
});

/** What leads from a service to its pipeline. */
export const buildkiteKeys = {
  buildkite: z
    .strictObject({
      pipeline: slug.describe('Slug of the pipeline that builds and deploys the service.'),
      branch: z
        .string()
        .min(1)
        .default('main')
        .describe('Branch whose builds are its deploys, and from which a deploy is started.'),
      deploy_step: z
        .string()
        .min(1)
        .default('deploy-{environment}')
        .describe('Key or label of the step that deploys to an environment; {environment} is filled in.'),
      block_step: z
        .string()
        .min(1)
        .optional()
        .describe(
          'Key or label of the block step before it; {environment} is filled in. Default: the last one that stands before the deploy step.',
        ),
      version: z
        .string()
        .min(1)
        .default('version')
        .describe('Meta-data of a build that holds its version, where no variable of env does.'),
      env: z
        .record(z.string(), z.string())
        .default({ IMAGE_TAG: '{version}', DEPLOY_ENVIRONMENT: '{environment}' })
        .describe(
          'Variables of a build that deploys one version to one environment; {version}, {environment} and {intent} are filled in. The variable that is {version} alone tells the version of a build that has it.',
        ),
      fields: z
        .record(z.string(), z.string())
        .default({})
        .describe(
          'What the fields of a block step are filled with; {version} and {environment} are filled in.',
        ),
    })
    .optional()
    .describe('Its pipeline in the Buildkite of systems.buildkite.'),
};
