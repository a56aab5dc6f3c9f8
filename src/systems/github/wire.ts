/** Shapes of GitHub's REST API, as far as they are used: https://docs.github.com/en/enterprise-server/rest */
import * as z from 'zod';
import { instantSchema, linkSchema, textSchema } from '../http/decode.ts';

/** Digits only: it goes into addresses again. */
const sha = z
  .string()
  .regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/)
  .pipe(textSchema);

/** null: the commit's e-mail address is nobody's there. */
const account = z.object({ login: textSchema }).partial().nullish();

/** rest/commits/commits#compare-two-commits */
const commit = z.object({
  sha,
  html_url: z.nullish(linkSchema),
  commit: z.object({
    message: z.string(),
    author: z.object({ name: z.nullish(textSchema) }).nullish(),
    committer: z.object({ date: z.nullish(instantSchema) }).nullish(),
  }),
  author: account,
  parents: z.array(z.object({ sha })).default([]),
});
export type WireCommit = z.output<typeof commit>;

const file = z.object({
  filename: textSchema,
  previous_filename: z.nullish(textSchema),
  status: textSchema,
  additions: z.number().default(0),
  deletions: z.number().default(0),
});
export type WireFile = z.output<typeof file>;

/** `files` come with the first page only, 300 at most; `total_commits` counts all that are ahead. */
export const comparison = z.object({
  html_url: z.nullish(linkSchema),
  ahead_by: z.number(),
  behind_by: z.number().default(0),
  total_commits: z.number(),
  commits: z.array(commit),
  files: z.array(file).nullish(),
});
export type WireComparison = z.output<typeof comparison>;

/** rest/commits/commits#list-pull-requests-associated-with-a-commit */
export const pulls = z.array(
  z.object({
    number: z.number(),
    title: textSchema,
    user: account,
    html_url: z.nullish(linkSchema),
    merged_at: z.string().nullish(),
  }),
);
export type WirePull = z.output<typeof pulls>[number];

export const user = z.object({ login: textSchema });

/** rest/deployments/deployments#list-deployments; `payload` is an object, or text that may be one as JSON. */
export const deployments = z.array(
  z.object({
    id: z.int(),
    ref: z.string(),
    payload: z.unknown(),
    creator: account,
    created_at: instantSchema,
  }),
);
export type WireDeployment = z.output<typeof deployments>[number];

/** Left empty by whoever has none. */
const page = z.nullish(linkSchema).catch(null);

/** rest/deployments/statuses#list-deployment-statuses; `log_url` replaces `target_url`. */
export const deploymentStatuses = z.array(
  z.object({
    state: textSchema,
    created_at: instantSchema,
    log_url: page,
    target_url: page,
    environment_url: page,
  }),
);
export type WireDeploymentStatus = z.output<typeof deploymentStatuses>[number];
