/** Shapes of statusjson.cgi with `formatoptions=enumerate`, as far as they are used: nagioscore, cgi/statusjson.c */
import * as z from 'zod';
import { textSchema } from '../http/decode.ts';

/** Milliseconds; 0 is never. */
const moment = z.number().transform((at) => (at === 0 ? null : at));

/** `data` of an error holds help instead. */
export const envelope = z.object({
  result: z.object({
    type_code: z.number(),
    type_text: z.string().catch(''),
    message: z.string().catch(''),
    /** On the server's clock, in milliseconds. */
    query_time: z.number(),
    /** When the daemon last wrote down what it knows. */
    last_data_update: z.number().nullish(),
    user: z.nullish(textSchema),
  }),
  data: z.unknown(),
});
export type Result = z.output<typeof envelope>['result'];

const state = {
  status: textSchema,
  state_type: z.string(),
  plugin_output: z.catch(textSchema, textSchema.parse('')),
  current_attempt: z.number(),
  max_attempts: z.number(),
  last_state_change: moment,
  problem_has_been_acknowledged: z.boolean(),
  scheduled_downtime_depth: z.number(),
};

export const service = z.object({ ...state, host_name: textSchema, description: textSchema });
export type WireService = z.output<typeof service>;

export const host = z.object({ ...state, name: textSchema });
export type WireHost = z.output<typeof host>;

export const serviceAnswer = z.object({ service });
export const hostAnswer = z.object({ host });
export const servicesAnswer = z.object({ servicelist: z.record(z.string(), z.record(z.string(), service)) });
export const hostsAnswer = z.object({ hostlist: z.record(z.string(), host) });

export const comment = z.object({
  host_name: textSchema,
  service_description: z.nullish(textSchema),
  author: textSchema,
  entry_time: z.number(),
});
export type WireComment = z.output<typeof comment>;
export const commentsAnswer = z.object({ commentlist: z.record(z.string(), comment) });

export const countAnswer = z.object({ count: z.record(z.string(), z.number()) });

export const anything = z.unknown();
