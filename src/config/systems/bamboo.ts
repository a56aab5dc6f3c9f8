import * as z from 'zod';
import { httpSystem, systemUrl } from './parts.ts';

export const bamboo = z.strictObject({
  ...httpSystem,
  url: systemUrl.describe('https://bamboo.harbour.example, with its context path where it has one.'),
  environments: z
    .record(z.string(), z.string().min(1))
    .default({})
    .describe(
      'Names of environments in Bamboo where they differ from ours, for every service: { prod: Production }.',
    ),
});

/** What leads from a service to its deployment project. */
export const bambooKeys = {
  bamboo: z
    .strictObject({
      project: z
        .string()
        .min(1)
        .describe('Its deployment project in Bamboo: the name, or the id in the address of its page.'),
      release: z
        .string()
        .regex(/\{version\}/, { error: 'put {version} where the version stands' })
        .default('{version}')
        .describe('Name of the release that deploys a version; {version} is filled in.'),
      environments: z
        .record(z.string(), z.string().min(1))
        .default({})
        .describe('Names of its environments in Bamboo where they differ from systems.bamboo.environments.'),
    })
    .optional()
    .describe('Where Bamboo deploys it.'),
};
