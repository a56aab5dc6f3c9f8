import * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import type { News, Notifier } from '../../model/ports/notifier.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { NerdGraph } from './client.ts';
import { SYSTEM } from './failure.ts';

/** https://docs.newrelic.com/docs/change-tracking/config/nerdgraph; it succeeds `changeTrackingCreateDeployment`. */
const CREATE = `mutation ($event: ChangeTrackingCreateEventInput!) {
  changeTrackingCreateEvent(changeTrackingEvent: $event) {
    changeTrackingEvent { changeTrackingId }
    messages
  }
}`;

const created = z.object({
  changeTrackingCreateEvent: z
    .object({
      changeTrackingEvent: z.object({ changeTrackingId: z.string() }).nullish(),
      messages: z.array(z.string()).nullish(),
    })
    .nullish(),
});

/** Marks a change that ended well on the charts of the service's entity in New Relic. */
export function openChangeRecord(deps: AdapterDeps): Notifier {
  const graph = new NerdGraph(deps);
  const entityOf = ({ service, environment }: News): string | undefined =>
    deps.loaded.config.services[service.name]?.newrelic_entity?.[environment];
  return {
    // Another name than PagerDuty's: each is claimed by its name.
    name: 'New Relic change record',
    system: SYSTEM,
    takes: (news) =>
      news.stage === 'ended' &&
      news.state === 'confirmed' &&
      news.to !== null &&
      entityOf(news) !== undefined,
    async tell(news, signal) {
      const entity = entityOf(news);
      if (entity === undefined || news.to === null) return;
      const event = changeEvent(news, news.to, entity);
      const answer = await graph.mutate('a change record', created, CREATE, { event }, signal);
      const made = answer.changeTrackingCreateEvent;
      if (made?.changeTrackingEvent) return;
      const why = made?.messages?.join('; ') ?? 'it gives no reason';
      throw new Failure(SYSTEM, 'invalid', `New Relic made no change record: ${why}.`);
    },
  };
}

/** `groupId` carries the intent: what was told can be found again by it. */
function changeEvent(news: News, version: string, entity: string): object {
  const { service, environment, from, who, intent, at, text } = news;
  return {
    categoryAndTypeData: {
      categoryFields: { deployment: { version } },
      kind: { category: 'DEPLOYMENT', type: 'BASIC' },
    },
    entitySearch: { query: `id = '${entity}'` },
    shortDescription: `${service.name} in ${environment}: ${from ?? 'unknown'} → ${version}, with oncall`,
    description: text,
    user: who,
    groupId: `oncall-${intent}`,
    timestamp: at,
  };
}
