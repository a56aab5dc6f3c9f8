import * as z from 'zod';
import { textSchema } from '../http/decode.ts';

const actionSchema = z.object({
  /** A password's value is not told. */
  parameters: z
    .array(z.object({ name: z.string(), value: z.unknown().optional() }))
    .nullish()
    .transform((parameters) => parameters ?? []),
  causes: z
    .array(
      z.object({
        userId: z.nullish(textSchema),
        userName: z.nullish(textSchema),
        shortDescription: z.nullish(textSchema),
      }),
    )
    .nullish()
    .transform((causes) => causes ?? []),
});

/** Actions without anything that was asked for are `{}` or null. */
const actionsSchema = z
  .array(actionSchema.nullable())
  .nullish()
  .transform((actions) => (actions ?? []).filter((action) => action !== null));

/** `/job/…/api/json`: https://www.jenkins.io/doc/book/using/remote-access-api/; times in ms. */
export const buildSchema = z.object({
  number: z.int().nonnegative(),
  displayName: z.nullish(textSchema),
  /** SUCCESS, UNSTABLE, FAILURE, NOT_BUILT or ABORTED; null while it goes on. */
  result: z.nullish(textSchema),
  timestamp: z.number(),
  duration: z.number(),
  building: z.boolean(),
  actions: actionsSchema,
});

export const buildsAnswer = z.object({ builds: z.array(buildSchema) });

export const BUILD_TREE =
  'number,displayName,result,timestamp,duration,building,actions[parameters[name,value],causes[userId,userName,shortDescription]]';

/** `…/wfapi/describe`: jenkinsci/pipeline-stage-view-plugin, rest-api (FlowNodeExt, StatusExt). */
export const stageSchema = z.object({
  name: textSchema,
  /** NOT_EXECUTED, ABORTED, SUCCESS, IN_PROGRESS, PAUSED_PENDING_INPUT, FAILED, SKIPPED or UNSTABLE. */
  status: textSchema,
  /** 0 in some versions of the plugin. */
  startTimeMillis: z.number().default(0),
  /** Pauses included; of a stage that goes on, until now. */
  durationMillis: z.number().default(0),
  pauseDurationMillis: z.number().default(0),
});

export const runSchema = z.object({
  /** The build's number, as text. */
  id: z.string(),
  status: textSchema,
  startTimeMillis: z.number(),
  stages: z.array(stageSchema).default([]),
});

export const runsAnswer = z.array(runSchema);

/** `…/wfapi/pendingInputActions` (PendingInputActionsExt, InputParameterDefExt). */
export const inputSchema = z.object({
  id: z.string(),
  message: textSchema,
  inputs: z
    .array(
      z.object({
        /** Such as `StringParameterDefinition`. */
        type: z.string(),
        name: z.string(),
        definition: z.object({ defaultVal: z.unknown().optional() }).nullish(),
      }),
    )
    .nullish()
    .transform((inputs) => inputs ?? []),
});

export const inputsAnswer = z.array(inputSchema);

export const jobAnswer = z.object({
  buildable: z.boolean().default(true),
  property: z
    .array(
      z
        .object({
          parameterDefinitions: z
            .array(z.object({ name: z.string(), choices: z.array(z.string()).nullish() }))
            .nullish(),
        })
        .nullable(),
    )
    .nullish()
    .transform((properties) => (properties ?? []).flatMap((one) => one?.parameterDefinitions ?? [])),
});

export const queueItemSchema = z.object({
  id: z.int(),
  why: z.nullish(textSchema),
  cancelled: z.boolean().nullish(),
  executable: z.object({ number: z.int().nullish() }).nullish(),
  actions: actionsSchema,
});

export const queueAnswer = z.object({ items: z.array(queueItemSchema.nullable()) });

export const QUEUE_TREE = 'id,why,cancelled,executable[number],actions[parameters[name,value]]';

export const meAnswer = z.object({ id: textSchema, fullName: z.nullish(textSchema) });

export type Build = z.output<typeof buildSchema>;
export type Stage = z.output<typeof stageSchema>;
export type Run = z.output<typeof runSchema>;
export type PendingInput = z.output<typeof inputSchema>;
export type QueueItem = z.output<typeof queueItemSchema>;

/** A build parameter's value as text; null: there is none of that name, or it is no plain value. */
export function parameterOf({ actions }: Pick<Build, 'actions'>, name: string): string | null {
  const found = actions.flatMap(({ parameters }) => parameters).find((one) => one.name === name);
  const value = found?.value;
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : null;
}
