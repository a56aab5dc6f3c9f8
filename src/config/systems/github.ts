import * as z from 'zod';
import { httpSystem, systemUrl } from './parts.ts';

export const github = z.strictObject({
  ...httpSystem,
  url: systemUrl
    .default('https://api.github.com')
    .describe('Base of the REST API; of GitHub Enterprise Server https://HOST/api/v3.'),
  deployments: z
    .boolean()
    .default(false)
    .describe('Whether GitHub deployments of the repositories are told among the deploys.'),
  environments: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe(
      'Names of environments in GitHub where they differ from ours: { prod: production }; {service} is filled in.',
    ),
});

/** What leads from a service to its source. */
export const repositoryKeys = {
  repo: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/, { error: 'write org/name' })
    .optional()
    .describe('Repository in GitHub, as org/name: what changed between two versions is read there.'),
  tag: z
    .string()
    .regex(/\{version\}/, { error: 'put {version} where the version stands' })
    .default('v{version}')
    .describe('Git tag, branch or commit of a version; {version} is filled in.'),
  migration_paths: z
    .array(z.string().min(1))
    .default(['db/migrate/', 'migrations/', 'schema.*'])
    .describe(
      'Files that migrate a database: part/ is a folder at any depth, other names are those of files, * stands for any characters.',
    ),
};
