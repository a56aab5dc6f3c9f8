import * as z from 'zod';
import { instantSchema, textSchema } from '../http/decode.ts';

/** https://developer.zendesk.com/api-reference/ticketing/tickets/tickets/ (JSON format) */
export const ticketSchema = z.object({
  id: z.number(),
  subject: z.nullish(textSchema),
  /** new, open, pending, hold, solved or closed. */
  status: textSchema,
  /** urgent, high, normal or low; null: nobody has set one. */
  priority: z.nullish(textSchema),
  tags: z
    .array(z.string())
    .nullish()
    .transform((tags) => tags ?? []),
  assignee_id: z.number().nullish(),
  created_at: instantSchema,
  /** As it was told: it is sent back as `updated_stamp`. */
  updated_at: z.string(),
});

export type Ticket = z.output<typeof ticketSchema>;

export const ticketAnswer = z.object({ ticket: ticketSchema });

/** https://developer.zendesk.com/api-reference/ticketing/ticket-management/search/ */
export const searchAnswer = z.object({
  results: z.array(ticketSchema),
  next_page: z.string().nullish(),
});

/** https://developer.zendesk.com/api-reference/ticketing/users/users/#show-self; an id of null is nobody. */
export const meAnswer = z.object({
  user: z.object({
    id: z.number().nullish(),
    email: z.nullish(textSchema),
    name: z.nullish(textSchema),
    /** end-user, agent or admin. */
    role: z.string().nullish(),
  }),
});
