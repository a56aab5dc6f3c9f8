/**
 * Shapes of Bamboo's REST API, as far as they are used: https://developer.atlassian.com/server/bamboo/rest/. Times are
 * milliseconds since 1970; of what has not come yet they are left out, or null.
 */
import * as z from 'zod';
import { textSchema } from '../http/decode.ts';

const time = z.number().nullish();

/** Whether the owner of the token may deploy there; older servers do not tell. */
const operations = z.object({ allowedToExecute: z.boolean().nullish() }).nullish().catch(null);

const environment = z.object({ id: z.int(), name: textSchema, operations });
export type WireEnvironment = z.output<typeof environment>;

/** `deploy/project/all`, `deploy/project/{id}` */
export const project = z.object({
  id: z.int(),
  name: textSchema,
  environments: z.array(environment).default([]),
});
export const projects = z.array(project.omit({ environments: true }));
export type WireProject = z.output<typeof project>;

/** A page of something: `size` counts all of it. */
const paging = { size: z.int().nullish() };

/** `deploy/project/{id}/versions`: releases, newest first. */
const version = z.object({ id: z.int(), name: textSchema });
export const versions = z.object({ ...paging, versions: z.array(version) });
export type WireVersion = z.output<typeof version>;

/** `deploy/result/{id}`; `reasonSummary` is HTML. */
export const result = z.object({
  id: z.int(),
  deploymentVersionName: textSchema,
  deploymentState: textSchema,
  lifeCycleState: textSchema,
  startedDate: time,
  queuedDate: time,
  executedDate: time,
  finishedDate: time,
  reasonSummary: z.string().nullish(),
});
export type WireResult = z.output<typeof result>;

/** `deploy/environment/{id}/results`, newest first. */
export const results = z.object({ ...paging, results: z.array(result) });

/** `POST queue/deployment` */
export const queued = z.object({ deploymentResultId: z.int() });

/** `currentUser` */
export const user = z.object({ name: textSchema, fullName: z.nullish(textSchema) });
