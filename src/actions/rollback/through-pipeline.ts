import type { DeployWay } from '../../model/catalog.ts';
import { MINUTE } from '../../model/instant.ts';
import type { DeployOrder, PipelineRun } from '../../model/ports/index.ts';
import type { StackEvent } from '../../model/stack.ts';
import { type ActionContext, type Sight, sight } from '../action.ts';
import type { Intent } from '../intent.ts';
import { orNull } from './or-null.ts';
import type { Place } from './place.ts';
import type { Way } from './way.ts';

/** Clocks of the cloud and of a pipeline are not quite the same. */
const SLACK_MS = MINUTE;

/** By a deploy that the service's pipeline, or its own command, is told to run. */
export function throughPipeline(name: Exclude<DeployWay, 'cloudformation'>): Way {
  return {
    async prepare(context, facts, { intent }) {
      const { service, environment, stack, to } = facts;
      const what = name === 'command' ? 'its deploy_command' : name;
      return {
        facts,
        lines: [
          `${name === 'command' ? 'Its deploy_command' : `A deploy in ${name}`} puts it out; it updates the stack ${stack.name} (${environment}, account ${stack.identity.account}, ${stack.identity.region}).`,
        ],
        changes: [`A deploy of ${service.name} ${to ?? 'unknown'} to ${environment}, through ${what}`],
        async send(who, signal) {
          const pipeline = await context.systems.pipeline(name);
          const since = context.systems.now(name) - SLACK_MS;
          await pipeline.start({ service, environment, version: to ?? '', intent, who, since }, signal);
        },
        explain: async () => null,
        discard: async () => undefined,
      };
    },

    looker(context, place, intent) {
      const order = orderOf(place, intent);
      return async (signal) => {
        const [run, events] = await Promise.all([
          context.systems.pipeline(name).then((pipeline) => pipeline.run(order, signal)),
          orNull(eventsSince(context, place, intent, signal)),
        ]);
        if (run === null) return sight('none', `${titled(name)} does not show it yet.`);
        return { ...seen(name, run), events: events ?? [], output: run.output };
      };
    },

    done: `${titled(name)} is done`,
  };
}

function orderOf({ service, environment }: Place, { id, to, who, at }: Intent): DeployOrder {
  return { service, environment, version: to ?? '', intent: id, who, since: at - SLACK_MS };
}

/** What the stack tells meanwhile: it is the pipeline's work, under a token of its own. */
async function eventsSince(
  { systems }: ActionContext,
  { service, environment }: Place,
  { at }: Intent,
  signal: AbortSignal,
): Promise<readonly StackEvent[]> {
  const events = await (await systems.deployer()).latestEvents(service, environment, signal);
  const began = events[0]?.at ?? 0;
  return began >= at - SLACK_MS ? events : [];
}

function seen(name: string, { state, at, reference, url, waiting }: PipelineRun): Sight {
  const which = `${titled(name)}${reference === null ? '' : ` ${reference}`}`;
  const where = at === null ? '' : ` (${at})`;
  const page = url === null ? '' : ` See ${url}`;
  switch (state) {
    case 'queued':
      return sight('under_way', `${which} is queued${where}.`);
    case 'running':
      return sight('under_way', `${which} runs${where}.`);
    case 'waiting':
      return sight(
        'under_way',
        `${which} waits at “${waiting?.label ?? 'a step'}” for a person: unblock it with u among the deploys, or with oncall unblock.${page}`,
      );
    case 'succeeded':
      return sight('done', `${which} is done${where}.`);
    case 'failed':
      return sight(
        'failed',
        `${which} failed${where}. What served before goes on, unless it got as far as the stack.${page}`,
      );
    case 'cancelled':
      return sight('failed', `${which} was cancelled${where}.${page}`);
  }
}

function titled(name: string): string {
  return name === 'command' ? 'The deploy command' : `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
}
