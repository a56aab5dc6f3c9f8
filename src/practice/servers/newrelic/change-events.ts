import { createHash } from 'node:crypto';
import * as z from 'zod';
import { DAY } from '../../../model/instant.ts';
import type { World } from '../../world/world.ts';
import { entityOf } from './entities.ts';
import { GraphError } from './selection.ts';

/** `ChangeTrackingCreateEventInput`, of which a deployment is all that is taken here. */
const eventSchema = z.strictObject({
  categoryAndTypeData: z.strictObject({
    categoryFields: z.strictObject({ deployment: z.strictObject({ version: z.string().min(1) }) }),
    kind: z.strictObject({
      category: z.string().regex(/^deployment$/i),
      type: z.enum(['BASIC', 'BLUE_GREEN', 'CANARY', 'ROLLING', 'SHADOW']),
    }),
  }),
  entitySearch: z.strictObject({ query: z.string() }),
  description: z.string().optional(),
  shortDescription: z.string().optional(),
  user: z.string().optional(),
  groupId: z.string().optional(),
  timestamp: z.int().optional(),
});

export type RecordedChange = z.infer<typeof eventSchema> & {
  readonly changeTrackingId: string;
  readonly entity: { readonly name: string; readonly guid: string };
};

/** What was recorded with `changeTrackingCreateEvent`, oldest first. */
export class RecordedChanges {
  readonly all: RecordedChange[] = [];

  create(world: World, raw: unknown): object {
    const event = eventSchema.safeParse(raw);
    if (!event.success)
      throw new GraphError(
        `Argument "changeTrackingEvent" has invalid value: ${event.error.issues[0]?.message}`,
      );
    const { entitySearch, timestamp } = event.data;
    if (timestamp !== undefined && Math.abs(timestamp - world.now()) > DAY) {
      throw new GraphError('The timestamp must be within 24 hours of now.', 'BAD_USER_INPUT');
    }
    const guid = /^id = '([^']*)'$/.exec(entitySearch.query)?.[1];
    const entity = guid === undefined ? null : entityOf(world.state, guid);
    if (entity === null) return { changeTrackingEvent: null, messages: ['no entity was found'] };
    const changeTrackingId = createHash('sha256').update(`${this.all.length}`).digest('hex').slice(0, 32);
    this.all.push({ ...event.data, changeTrackingId, entity });
    return { changeTrackingEvent: { ...event.data, changeTrackingId, entity }, messages: [] };
  }
}
