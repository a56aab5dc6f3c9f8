import * as z from 'zod';
import { httpSystem, systemUrl } from './parts.ts';

export const jenkins = z.strictObject({
  ...httpSystem,
  url: systemUrl.describe('Where Jenkins begins: https://jenkins.harbour.example, or with a path.'),
  username: z.string().min(1).describe('Id of the user whose API token it is.'),
});

const parameter = (name: string, what: string) =>
  z.string().min(1).default(name).describe(`Build parameter that carries ${what}.`);

/** Which job of Jenkins deploys a service, and how its builds are read. */
export const jenkinsJob = z.strictObject({
  job: z
    .string()
    .regex(/^[^/\s][^/]*(\/[^/]+)*$/, {
      error: 'write folders and job parted by slashes: deploys/charge-central',
    })
    .describe(
      'Full name of the job, its folders included: deploys/charge-central. With {environment} in it, each environment has a job of its own.',
    ),
  stage: z
    .string()
    .min(1)
    .default('Deploy to {environment}')
    .describe('Stage that deploys; {environment} is filled in. Case does not matter.'),
  environments: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe('Names of environments in Jenkins where they differ from ours: { prod: production }.'),
  parameters: z
    .strictObject({
      version: parameter(
        'VERSION',
        'the version; where a build has none, the last word of its display name is it',
      ),
      environment: parameter('ENVIRONMENT', 'the environment that a build is for; a job may have none'),
      intent: parameter(
        'ONCALL_INTENT',
        'the intent of a deploy that oncall started, by which it is found again',
      ),
    })
    .prefault({}),
});

export const jenkinsKeys = {
  jenkins: jenkinsJob.optional().describe('What of Jenkins deploys it.'),
};
