import { servingGroup } from '../../insight/rollback/capacity.ts';
import type { RunningFact } from '../../insight/rollback/facts.ts';
import { toFailure } from '../../model/failure.ts';
import type { Container, Group, Instance } from '../../model/fleet.ts';
import type { ActionContext } from '../action.ts';
import { within } from '../within.ts';
import type { Place } from './place.ts';

/** Enough to know the way and the image; verifying looks into all of them. */
const LOOKED_INTO = 3;
/** A plan is waited for; an instance that is ill may not answer at all. */
const PATIENCE_MS = 5_000;

/** Looks into the containers of a few instances that serve now. @param groups null: they could not be read */
export async function readRunning(
  context: ActionContext,
  { service, environment }: Place,
  groups: readonly Group[] | null,
  signal: AbortSignal | undefined,
): Promise<RunningFact> {
  if (groups === null) return { kind: 'unread', why: 'the groups cannot be read.' };
  const tried = inServiceFirst(servingGroup(groups)?.instances ?? []).slice(0, LOOKED_INTO);
  if (tried.length === 0) return { kind: 'nothing_serves' };
  const patience = Math.min(PATIENCE_MS, context.limits.read);
  const look = async (instance: Instance) => {
    try {
      const port = await context.systems.containers();
      return await within('docker', patience, (each) => port.containers(environment, instance, each), signal);
    } catch (thrown) {
      return toFailure('docker', thrown);
    }
  };
  const found = await Promise.all(tried.map(look));
  const read = found.filter((each): each is readonly Container[] => Array.isArray(each));
  if (read.length === 0) {
    const failure = toFailure('docker', found[0]);
    return failure.code === 'not_configured'
      ? { kind: 'not_configured' }
      : { kind: 'unread', why: failure.text };
  }
  const digests = read.flatMap((containers) =>
    containers.flatMap(({ name, imageDigest }) =>
      name === service.name && imageDigest !== null ? [imageDigest] : [],
    ),
  );
  return { kind: 'read', looked: read.length, tried: tried.length, digests: [...new Set(digests)] };
}

function inServiceFirst(instances: readonly Instance[]): readonly Instance[] {
  const rank = ({ lifecycle, health }: Instance) =>
    Number(lifecycle !== 'InService') + Number(health !== 'Healthy');
  return instances.toSorted((one, other) => rank(one) - rank(other));
}
