/** Shapes of Buildkite's REST API v2, as far as they are read: https://buildkite.com/docs/apis/rest-api/builds */
import * as z from 'zod';
import { instantSchema, linkSchema, textSchema } from '../http/decode.ts';

const text = z.nullish(textSchema).transform((value) => value ?? null);
const at = z.nullish(instantSchema).transform((value) => value ?? null);
const link = z.nullish(linkSchema).transform((value) => value ?? null);
const person = z
  .object({ name: text, email: text })
  .nullish()
  .transform((value) => value?.name ?? value?.email ?? null);
const values = z
  .record(z.string(), z.unknown())
  .nullish()
  .catch({})
  .transform((value) => value ?? {});

/** A block step is a job of the type `manual`, which has a label and no times; a wait step is a `waiter`. */
const jobSchema = z.object({
  id: z
    .string()
    .nullish()
    .transform((value) => value ?? ''),
  type: z.string(),
  name: text,
  label: text,
  step_key: text,
  state: text,
  web_url: link,
  runnable_at: at,
  started_at: at,
  finished_at: at,
  exit_status: z.number().nullish(),
  unblockable: z.boolean().nullish(),
  unblocked_by: person,
});

/** `state` keeps its last value while a build is blocked, and `blocked` is true: …/builds#get-a-build */
export const buildSchema = z.object({
  number: z.int(),
  state: textSchema,
  blocked: z.boolean().nullish(),
  branch: text,
  env: values,
  meta_data: values,
  creator: person,
  author: person,
  web_url: link,
  created_at: instantSchema,
  finished_at: at,
  pipeline: z.object({ slug: z.string() }),
  jobs: z
    .array(jobSchema)
    .nullish()
    .transform((jobs) => jobs ?? []),
});

export type Build = z.output<typeof buildSchema>;
export type Job = z.output<typeof jobSchema>;

export const buildsAnswer = z.array(buildSchema);

/** The steps as they were written, for a pipeline that is kept in Buildkite: …/pipelines#get-a-pipeline */
export const pipelineAnswer = z.object({ configuration: z.string().nullish() });

export const pipelinesAnswer = z.array(z.object({ slug: z.string() }));

/** https://buildkite.com/docs/apis/rest-api/access-token; `user` is younger than the rest. */
export const accessTokenAnswer = z.object({
  scopes: z.array(z.string()),
  description: text,
  user: z.object({ email: text, name: text }).nullish(),
});
