import * as z from 'zod';
import { instantSchema, textSchema } from '../http/decode.ts';

/** Ids are numbers in text; older answers have bare numbers. */
const idSchema = z.union([z.string(), z.number()]).transform(String);

/**
 * A flat list: a lane inside another names it as its parent. `name` and `laneClassType` are what GET board/{id} calls
 * them: https://success.planview.com/Planview_AgilePlace/AgilePlace_API/01_v2/board/get
 */
export const laneSchema = z.object({
  id: idSchema,
  name: textSchema,
  parentLaneId: idSchema.nullish(),
  /** active, backlog or archive. */
  laneClassType: z.string().nullish(),
});

export type Lane = z.output<typeof laneSchema>;

export const boardAnswer = z.object({
  id: idSchema,
  title: textSchema,
  lanes: z.array(laneSchema),
});

export type BoardAnswer = z.output<typeof boardAnswer>;

/** https://success.planview.com/Planview_AgilePlace/AgilePlace_API/01_v2/card/list */
export const cardSchema = z.object({
  id: idSchema,
  title: textSchema,
  /** The card's header. */
  customId: z.object({ value: z.nullish(textSchema) }).nullish(),
  assignedUsers: z
    .array(z.object({ fullName: z.nullish(textSchema), emailAddress: z.nullish(textSchema) }))
    .nullish(),
  /** When it came into its lane. */
  movedOn: z.nullish(instantSchema),
});

export type LeankitCard = z.output<typeof cardSchema>;

export const cardsAnswer = z.object({
  pageMeta: z.object({ totalRecords: z.number() }),
  cards: z.array(cardSchema),
});

/** https://success.planview.com/Planview_AgilePlace/AgilePlace_API/01_v2/user/get-current-user */
export const meAnswer = z.object({ fullName: z.nullish(textSchema), emailAddress: z.nullish(textSchema) });
