/** Shapes of PagerDuty's REST API v2, as far as they are used: https://developer.pagerduty.com/api-reference */
import * as z from 'zod/mini';
import { instantSchema, linkSchema, textSchema } from '../http/decode.ts';

const reference = z.object({ id: z.string(), summary: z.nullish(textSchema) });

/** A reference, or with `include[]` the whole user. */
const user = z.object({
  id: z.string(),
  summary: z.nullish(textSchema),
  name: z.nullish(textSchema),
  email: z.nullish(textSchema),
});
export type WireUser = z.output<typeof user>;

export const incident = z.object({
  id: z.string(),
  incident_number: z.number(),
  title: z.nullish(textSchema),
  summary: z.nullish(textSchema),
  status: textSchema,
  urgency: textSchema,
  created_at: instantSchema,
  html_url: z.nullish(linkSchema),
  service: reference,
  escalation_policy: z.nullish(reference),
  assignments: z.nullish(z.array(z.object({ assignee: user }))),
  acknowledgements: z.nullish(z.array(z.object({ acknowledger: user }))),
  resolved_at: z.nullish(instantSchema),
  last_status_change_at: z.nullish(instantSchema),
  pending_actions: z.nullish(z.array(z.object({ type: z.string(), at: instantSchema }))),
});
export type WireIncident = z.output<typeof incident>;

export const alert = z.object({
  id: z.string(),
  summary: z.nullish(textSchema),
  severity: z.nullish(textSchema),
  created_at: instantSchema,
  body: z.nullish(z.object({ details: z.unknown() })),
});
export type WireAlert = z.output<typeof alert>;

export const note = z.object({
  id: z.string(),
  content: z.nullish(textSchema),
  created_at: instantSchema,
  user: z.nullish(user),
});
export type WireNote = z.output<typeof note>;

export const logEntry = z.object({
  id: z.string(),
  type: textSchema,
  summary: z.nullish(textSchema),
  created_at: instantSchema,
  agent: z.nullish(z.object({ summary: z.nullish(textSchema) })),
  channel: z.nullish(z.object({ notification: z.nullish(z.object({ type: z.nullish(textSchema) })) })),
});
export type WireLogEntry = z.output<typeof logEntry>;

export const changeEvent = z.object({
  id: z.string(),
  summary: z.nullish(textSchema),
  timestamp: instantSchema,
  source: z.nullish(textSchema),
  links: z.nullish(z.array(z.object({ href: z.nullish(linkSchema) }))),
  custom_details: z.unknown(),
});
export type WireChangeEvent = z.output<typeof changeEvent>;

export const onCall = z.object({
  escalation_policy: reference,
  escalation_level: z.number(),
  user,
  schedule: z.nullish(reference),
  end: z.nullish(instantSchema),
});
export type WireOnCall = z.output<typeof onCall>;

export const incidentAnswer = z.object({ incident });
export const notesAnswer = z.object({ notes: z.array(note) });
export const onCallsAnswer = z.object({ oncalls: z.array(onCall), more: z.nullish(z.boolean()) });
export const userAnswer = z.object({ user });
