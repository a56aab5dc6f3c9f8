import { createHash } from 'node:crypto';
import { type Instant, rfc3339 } from '../../../model/instant.ts';
import type { PracticeDeploy, WorldState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';
import { page } from './page.ts';
import { reference, serviceReference } from './references.ts';
import { invalidInput, json } from './reply.ts';
import { list, type Route } from './route.ts';

export interface ChangeEvent {
  readonly id: string;
  readonly serviceId: string;
  readonly summary: string;
  readonly at: Instant;
  readonly source: string;
  readonly details: Record<string, unknown>;
  readonly links: readonly { readonly href: string; readonly text: string }[];
}

/** What changed, newest first: the pipeline tells of every production deploy, others through the Events API. */
export class ChangeEvents {
  readonly #told: ChangeEvent[] = [];

  tell(change: ChangeEvent): void {
    this.#told.push(change);
  }

  /** Between `since` and `until`, which PagerDuty takes in UTC only. */
  of(world: World, query: URLSearchParams): ChangeEvent[] {
    const since = utc(query, 'since') ?? -Infinity;
    const until = utc(query, 'until') ?? Infinity;
    const deploys = world.state.deploys.flatMap((deploy) => fromDeploy(world.state, deploy));
    return [...deploys, ...this.#told]
      .filter((change) => change.at >= since && change.at < until)
      .sort((one, other) => other.at - one.at);
  }
}

export function showChange(state: WorldState, change: ChangeEvent): Record<string, unknown> {
  return {
    ...reference('change_event', change.id, change.summary, '/change_events'),
    type: 'change_event',
    timestamp: rfc3339(change.at),
    services: [serviceReference(state, change.serviceId)],
    integration: reference('inbound_integration', 'PINTDEP', 'Deploys', '/integrations'),
    routing_key: null,
    source: change.source,
    links: change.links,
    images: [],
    custom_details: change.details,
  };
}

export const changeEventRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/change_events',
    answer: ({ world, changes, request: { query } }) => {
      const services = list(query, 'service_ids');
      const found = changes
        .of(world, query)
        .filter((change) => services === null || services.includes(change.serviceId));
      return json(page(query, 'change_events', found, (change) => showChange(world.state, change)));
    },
  },
];

function fromDeploy(state: WorldState, deploy: PracticeDeploy): ChangeEvent[] {
  const service = state.services.find((candidate) => candidate.name === deploy.service);
  if (service === undefined || deploy.environment !== 'prod' || deploy.finishedAt === null) return [];
  const { version, who, build, finishedAt, status, token } = deploy;
  // What is done by hand, with a token of its own, goes through no pipeline.
  if (token !== null) return [];
  const done = status === 'succeeded' ? 'deployed' : `deploy ${status}`;
  return [
    {
      id: changeId(`${service.name} ${deploy.startedAt}`),
      serviceId: service.pagerId,
      summary: `${service.name} ${version} ${done} to prod by ${who}`,
      at: finishedAt,
      source: 'buildkite',
      details: { version, build: String(build), deployed_by: who },
      links: [
        { href: `https://buildkite.com/harbour/${service.name}/builds/${build}`, text: `Build ${build}` },
      ],
    },
  ];
}

/** The same event has the same id at every reading. */
export function changeId(of: string): string {
  return createHash('sha256').update(of).digest('hex').slice(0, 26).toUpperCase();
}

function utc(query: URLSearchParams, name: string): Instant | null {
  const text = query.get(name);
  if (text === null) return null;
  const at = Date.parse(text);
  if (Number.isNaN(at) || !text.endsWith('Z')) throw invalidInput(`${name} must be a time in UTC`);
  return at;
}
