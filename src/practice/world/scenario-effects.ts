import * as z from 'zod';
import { ZONES } from './machines.ts';

export const instant = z.iso.datetime().transform((text) => Date.parse(text));
export const environment = z.enum(['prod', 'test']);
export const urgency = z.enum(['high', 'low']);
export const version = z.string().regex(/^\d+\.\d+\.\d+$/);
export const details = z.record(z.string(), z.string()).default({});

const alarmSchema = z
  .strictObject({
    name: z.string(),
    description: z.string(),
    metric: z.enum(['error_rate', 'queue_depth', 'function_errors', 'any_of']),
    of: z.array(z.string()).min(1).describe('Load balancer, queue, function, or the alarms of any_of.'),
    threshold: z.number().default(0),
    value: z
      .number()
      .default(0)
      .describe('How high it stands: percent, errors a minute; of a queue: messages more a minute.'),
    tags: z.record(z.string(), z.string()).default({}),
  })
  .describe('A CloudWatch alarm that it raises.');

const ticketSchema = z
  .strictObject({
    after_s: z.number().nonnegative(),
    subject: z.string(),
    description: z.string(),
    priority: z.enum(['urgent', 'high', 'normal', 'low']).optional(),
    tags: z
      .array(z.string())
      .default([])
      .describe('Beside the tribe’s own; the support’s guess is not always right.'),
  })
  .describe('What a customer writes while it lasts.');

const echoSchema = z
  .strictObject({
    service: z.string(),
    environment: environment.default('prod'),
    error_rate: z.number().positive().describe('Error lines a second on each of its instances.'),
    errors: z.array(z.string()).min(1),
  })
  .describe('What another service writes of it, in whatever version it runs.');

/** How a trouble shows, whatever it comes from. */
const symptoms = {
  echoes: z.array(echoSchema).default([]),
  incidents: z
    .array(
      z.strictObject({
        service: z.string(),
        title: z.string(),
        urgency,
        after_s: z.number().nonnegative().describe('Seconds from the first effect to the alert.'),
        details,
      }),
    )
    .default([]),
  alarms: z.array(alarmSchema).default([]),
  tickets: z.array(ticketSchema).default([]),
};

export const effectSchema = z
  .strictObject({
    key: z.string(),
    service: z.string(),
    environment,
    version,
    error_rate: z
      .number()
      .nonnegative()
      .default(0)
      .describe('Error lines a second on each instance that runs the version; 0: it hurts others only.'),
    errors: z.array(z.string()).default([]),
    sick_share: z.number().min(0).max(1).default(0).describe('Share of the instances whose container fails.'),
    ...symptoms,
  })
  .refine(({ error_rate: rate, errors }) => rate === 0 || errors.length > 0, 'an error_rate needs errors')
  .describe('What a bad version does while an InService instance runs it.');

export const outageSchema = z
  .strictObject({
    key: z.string(),
    zone: z.enum(ZONES),
    since: instant,
    until: instant.optional().describe('When what is left in the zone comes back by itself.'),
    spread_s: z.number().nonnegative().default(60).describe('Its machines are lost within so long.'),
    replaced_after_s: z
      .number()
      .positive()
      .optional()
      .describe('Seconds until Auto Scaling finds room for their replacements in the other zones.'),
    ...symptoms,
  })
  .refine(
    ({ until, replaced_after_s: replaced }) => until ?? replaced,
    'it needs an end: until or replaced_after_s',
  )
  .describe('An availability zone whose machines nothing reaches any more.');

export type ScenarioEffect = z.infer<typeof effectSchema>;
export type ScenarioOutage = z.infer<typeof outageSchema>;
export type ScenarioSymptoms = Pick<ScenarioEffect, keyof typeof symptoms>;
