/** Shapes of PagerDuty's REST API v2, as far as they are used: https://developer.pagerduty.com/api-reference */
import * as z from 'zod';
import { instantSchema, linkSchema, textSchema } from '../http/decode.ts';

const reference = z.object({ id: z.string(), summary: textSchema.nullish() });

/** A reference, or with `include[]` the whole user. */
const user = z.object({
  id: z.string(),
  summary: textSchema.nullish(),
  name: textSchema.nullish(),
  email: textSchema.nullish(),
});
export type WireUser = z.output<typeof user>;

export const incident = z.object({
  id: z.string(),
  incident_number: z.number(),
  title: textSchema.nullish(),
  summary: textSchema.nullish(),
  status: textSchema,
  urgency: textSchema,
  created_at: instantSchema,
  html_url: linkSchema.nullish(),
  service: reference,
  escalation_policy: reference.nullish(),
  assignments: z.array(z.object({ assignee: user })).nullish(),
  acknowledgements: z.array(z.object({ acknowledger: user })).nullish(),
  resolved_at: instantSchema.nullish(),
  last_status_change_at: instantSchema.nullish(),
  pending_actions: z.array(z.object({ type: z.string(), at: instantSchema })).nullish(),
});
export type WireIncident = z.output<typeof incident>;

export const alert = z.object({
  id: z.string(),
  summary: textSchema.nullish(),
  severity: textSchema.nullish(),
  created_at: instantSchema,
  body: z.object({ details: z.unknown() }).nullish(),
});
export type WireAlert = z.output<typeof alert>;

export const note = z.object({
  id: z.string(),
  content: textSchema.nullish(),
  created_at: instantSchema,
  user: user.nullish(),
});
export type WireNote = z.output<typeof note>;

export const logEntry = z.object({
  id: z.string(),
  type: textSchema,
  summary: textSchema.nullish(),
  created_at: instantSchema,
  agent: z.object({ summary: textSchema.nullish() }).nullish(),
  channel: z.object({ notification: z.object({ type: textSchema.nullish() }).nullish() }).nullish(),
});
export type WireLogEntry = z.output<typeof logEntry>;

export const changeEvent = z.object({
  id: z.string(),
  summary: textSchema.nullish(),
  timestamp: instantSchema,
  source: textSchema.nullish(),
  links: z.array(z.object({ href: linkSchema.nullish() })).nullish(),
  custom_details: z.unknown(),
});
export type WireChangeEvent = z.output<typeof changeEvent>;

export const onCall = z.object({
  escalation_policy: reference,
  escalation_level: z.number(),
  user,
  schedule: reference.nullish(),
  end: instantSchema.nullish(),
});
export type WireOnCall = z.output<typeof onCall>;

export const incidentAnswer = z.object({ incident });
export const notesAnswer = z.object({ notes: z.array(note) });
export const onCallsAnswer = z.object({ oncalls: z.array(onCall), more: z.boolean().nullish() });
export const userAnswer = z.object({ user });
