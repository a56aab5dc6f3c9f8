import type { ActionRequest } from '../../src/actions/types.ts';
import type { Schedule, Wish } from './schedule.ts';
import type { Stage } from './stage.ts';

/** What a schedule is about: incidents and a service of its own. */
export interface Subject {
  readonly service: string;
  readonly incidents: readonly [string, string];
}

const ENVIRONMENT = 'prod';
/** Its 1.0.282 does not start any more, and the way back from it gets stuck: the scenario `stuck-rollback`. */
const BROKEN = { service: 'charge-central', version: '1.0.282' };
const SNOOZES_S = [60, 3_600, 14_400];

/** Makes the world such that the wish makes sense in it. */
export async function prepare(stage: Stage, { wish, other }: Schedule): Promise<Subject> {
  const wanted = [wish.action, typeof other?.does === 'object' ? other.does.action : null];
  const stuck = wish.action === 'continue_rollback';
  const service = stuck || wish.choice % 5 === 0 ? BROKEN.service : healthyService(stage, wish.choice);
  const subject = {
    service,
    incidents: [await stage.incident(service), await stage.incident(service)],
  } as const;
  if (!stuck && wanted[0] !== 'cancel_update') return subject;
  const version = stuck ? BROKEN.version : otherVersion(stage, service, wish.choice);
  await stage.control('POST', '/events', { kind: 'deploy', service, version });
  stage.advance(stuck ? 700 : 20 + (wish.choice % 200));
  return subject;
}

export function requestOf(stage: Stage, { service, incidents }: Subject, wish: Wish): ActionRequest {
  const [incident, second] = incidents;
  const ids = wish.several ? [incident, second] : [incident];
  const { action, choice } = wish;
  const place = { service, environment: ENVIRONMENT, incident };
  switch (action) {
    case 'acknowledge':
    case 'resolve':
      return { action, incidents: ids };
    case 'reroute':
      return { action, incidents: ids, squad: pick(stage.state.squads, choice).id };
    case 'escalate':
      return { action, incident };
    case 'snooze':
      return { action, incident, seconds: pick(SNOOZES_S, choice) };
    case 'note':
      return { action, incident, text: `seen ${choice}` };
    case 'cancel_update':
    case 'continue_rollback':
      return { action, ...place };
    case 'rollback':
      return { action, ...place, to: otherVersion(stage, service, choice) };
  }
}

function healthyService(stage: Stage, choice: number): string {
  return pick(
    stage.state.services.filter(({ name }) => name !== BROKEN.service),
    choice,
  ).name;
}

function otherVersion(stage: Stage, service: string, choice: number): string {
  const current = stage.stack(service).parameters.ImageTag;
  const repository = stage.state.services.find(({ name }) => name === service)?.repository;
  const versions = stage.state.images
    .filter((image) => image.repository === repository && image.tag !== current)
    .map(({ tag }) => tag)
    .slice(-3);
  return service === BROKEN.service && current !== BROKEN.version ? BROKEN.version : pick(versions, choice);
}

function pick<T>(from: readonly T[], choice: number): T {
  const found = from[choice % from.length];
  if (found === undefined) throw new Error('the practice world has nothing to choose from');
  return found;
}
