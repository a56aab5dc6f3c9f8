import * as z from 'zod';
import { SECOND } from '../model/instant.ts';
import type { PracticeImage } from './world/state.ts';
import type { World } from './world/world.ts';

/** As many as the world keeps. */
const MOST_LINES = 150_000;

const environment = z.enum(['prod', 'test']);

/** What `POST /events` can make happen; `kind` says what. */
export const eventSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('incident'),
    service: z.string(),
    title: z.string().min(1),
    urgency: z.enum(['high', 'low']).default('high'),
    details: z.record(z.string(), z.string()).default({}),
  }),
  z.strictObject({
    kind: z.literal('log'),
    service: z.string(),
    environment: environment.default('prod'),
    message: z.union([z.string(), z.array(z.string()).min(1).max(10_000)]),
    level: z.enum(['debug', 'info', 'warn', 'error', 'fatal']).default('info'),
    count: z.int().positive().max(MOST_LINES).default(1),
    /** World time that the lines are spread over, from now on. */
    over_s: z.number().nonnegative().max(3_600).default(0),
  }),
  z.strictObject({
    kind: z.literal('deploy'),
    service: z.string(),
    environment: environment.default('prod'),
    version: z.string(),
    who: z.string().default('dora'),
    build: z.int().positive().optional(),
    token: z.string().nullable().default(null),
  }),
  z.strictObject({ kind: z.literal('image_gone'), service: z.string(), version: z.string() }),
]);

export type PracticeEvent = z.infer<typeof eventSchema>;

/** Something in an order that the world does not have. */
export class UnknownThing extends Error {
  override readonly name = 'UnknownThing';
}

export function happen(world: World, event: PracticeEvent): Record<string, unknown> {
  const service = world.state.services.find((candidate) => candidate.name === event.service);
  if (service === undefined) throw new UnknownThing(`No service ${event.service}`);
  switch (event.kind) {
    case 'incident':
      return { id: world.incidents.trigger(event) };
    case 'log':
      world.logs.emit({ ...event, overMs: event.over_s * SECOND });
      return { lines: event.count };
    case 'image_gone': {
      const { images } = world.state;
      const isIt = ({ repository, tag }: PracticeImage) =>
        repository === service.repository && tag === event.version;
      const gone = images.findIndex(isIt);
      if (gone === -1) throw new UnknownThing(`No image ${service.repository}:${event.version}`);
      images.splice(gone, 1);
      return { version: event.version };
    }
    case 'deploy': {
      const stack = world.state.stacks.find(
        (candidate) => candidate.name === service.stacks[event.environment],
      );
      const image = world.state.images.some(
        ({ repository, tag }) => repository === service.repository && tag === event.version,
      );
      if (stack === undefined || !image)
        throw new UnknownThing(`No image ${service.repository}:${event.version}`);
      const build = event.build === undefined ? {} : { BuildNumber: String(event.build) };
      const { who, token } = event;
      const parameters = { ...stack.parameters, ...build, ImageTag: event.version, DeployedBy: who };
      world.stacks.update(stack, { parameters, tags: null, token, who });
      return { stack: stack.name, status: stack.status };
    }
  }
}
