import type { RollbackFacts } from '../../insight/rollback/facts.ts';
import { underWay } from '../../insight/rollback/under-way.ts';
import type { Stack } from '../../model/stack.ts';
import type { ActionContext, Recheck } from '../action.ts';
import type { Outcome } from '../types.ts';
import { readFirst } from './first.ts';
import { orNull } from './or-null.ts';
import { serviceIn } from './place.ts';
import { readDeploys, readIncidentsOf } from './read.ts';

/** Whether stack and image are still those of the plan, just before the send. */
export async function moved(
  context: ActionContext,
  planned: RollbackFacts,
  signal: AbortSignal,
): Promise<Recheck> {
  const { service, environment, to } = planned;
  const stack = await (await context.systems.deployer()).stack(service, environment, signal);
  if (stack.status !== planned.stack.status || stack.updatedAt !== planned.stack.updatedAt) {
    const text = stack.status.endsWith('_IN_PROGRESS')
      ? await whoIsAt(context, planned, stack, signal)
      : `The stack ${stack.name} is ${stack.status} now, changed since.`;
    return { kind: 'moved', text };
  }
  const image = await (await context.systems.images()).image(service, environment, to ?? '', signal);
  const digest = planned.image.kind === 'found' ? planned.image.image.digest : null;
  if (image?.digest === digest) return { kind: 'same' };
  const text = `The tag ${to} ${image === null ? 'is gone from the registry' : 'names another image now'}.`;
  return { kind: 'moved', text };
}

/** CloudFormation refused because an update is under way: somebody was first. null: none is. */
export async function whoIsFirst(
  context: ActionContext,
  planned: RollbackFacts,
  signal: AbortSignal,
): Promise<Outcome | null> {
  const stack = await (await context.systems.deployer()).stack(planned.service, planned.environment, signal);
  if (!stack.status.endsWith('_IN_PROGRESS')) return null;
  const text = await whoIsAt(context, planned, stack, signal);
  return { state: 'refused', text: `${text} Nothing was changed by you.` };
}

async function whoIsAt(
  context: ActionContext,
  { service, environment }: RollbackFacts,
  stack: Stack,
  signal: AbortSignal,
): Promise<string> {
  const deployer = await context.systems.deployer();
  const [latest, deploys, incidents] = await Promise.all([
    orNull(deployer.latestEvents(service, environment, signal)),
    readDeploys(context, service, environment, signal),
    readIncidentsOf(context, service, signal),
  ]);
  const place = serviceIn(context.catalog, service.name, environment);
  const first = await readFirst(context, place, { stack, latest, incidents }, signal);
  return underWay({ latest, deploys, environment, stack, first });
}
