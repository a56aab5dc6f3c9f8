import { servingGroup } from '../../insight/rollback/capacity.ts';
import {
  judgeMending,
  type Mending,
  type MendingFacts,
  mendedVersions,
  mendingEnd,
} from '../../insight/rollback/mending.ts';
import { whyNot } from '../../insight/rollback/stack-status.ts';
import { tokenOf } from '../../insight/token.ts';
import { toFailure } from '../../model/failure.ts';
import { HOUR } from '../../model/instant.ts';
import {
  type Action,
  type ActionContext,
  type Draft,
  type DraftAid,
  type Recheck,
  sight,
} from '../action.ts';
import { TAKE_BACK } from '../take-back.ts';
import type { Words } from '../tell/words.ts';
import { ActionError, type Outcome, type StackMending } from '../types.ts';
import { readFirst } from './first.ts';
import { orNull } from './or-null.ts';
import { type Place, serviceIn } from './place.ts';
import { incidentToTell, readDeploys, readIncidentsOf } from './read.ts';

/** In the cloud's time: what goes back deletes a group, which takes minutes. */
const PATIENCE_MS = HOUR;

const WORDS: Readonly<Record<Mending, Words>> = {
  cancel_update: { doing: 'Cancelling the update of', done: 'Cancelled the update of' },
  continue_rollback: { doing: 'Continuing the rollback of', done: 'Continued the rollback of' },
};

/** Cancels an update, or continues a stuck rollback: both bring the stack back to what served before. */
export const mending: Action<StackMending> = {
  async draft(context, request, aid): Promise<Draft> {
    const { action } = request;
    const place = serviceIn(context.catalog, request.service, request.environment);
    const facts = await read(context, place, aid);
    const { service, environment, stack, token } = facts;
    const { from, to } = mendedVersions(action, facts);
    const incident = request.incident ?? incidentToTell(facts);
    const checks = judgeMending(action, facts);
    const subject = `${service.name} in ${environment}`;
    return {
      title:
        action === 'cancel_update'
          ? `Cancel the update of ${subject}: ${from ?? 'unknown'} goes, ${to ?? 'unknown'} stays`
          : `Continue the stuck rollback of ${subject} to ${to ?? 'unknown'}`,
      lines: [
        ...lines(action, facts),
        incident === null ? 'No open incident of it is known: no note is written.' : `Noted on ${incident}.`,
      ],
      checks,
      confirm: { kind: 'typed', word: service.name },
      facts: [
        stack.id,
        stack.status,
        stack.updatedAt,
        from,
        to,
        checks.map(({ id, result }) => [id, result]),
      ],
      system: 'aws',
      service: service.name,
      environment,
      from,
      to,
      fromDigest: null,
      digest: null,
      incident,
      token,
      changes: [],
      expectedMs: null,
      // Not the stack: the rollback that is to be cancelled may be watched from here, and holds that.
      targets: [`update of ${stack.name} (${environment})`],
      recheck: (signal) => moved(context, facts, signal),
      async send(_from, signal) {
        if (token === null) throw new Error('a plan that blocks was sent');
        const deployer = await context.systems.deployer();
        await (action === 'cancel_update'
          ? deployer.cancel(service, environment, token, signal)
          : deployer.continueRollback(service, environment, token, signal));
      },
    };
  },

  outlook(context, intent, request) {
    const place = serviceIn(context.catalog, request.service, request.environment);
    const { service, environment, placement } = place;
    const token = intent.token ?? '';
    return {
      system: 'aws',
      patienceMs: PATIENCE_MS,
      async look(signal) {
        const deployer = await context.systems.deployer();
        const events = await deployer.events(service, environment, token, signal);
        const end = mendingEnd(events, token, placement.stack);
        return end.kind === 'none'
          ? sight('none', `The events of ${placement.stack} do not show it yet.`)
          : sight(end.kind, end.text, events);
      },
      verify: (_report, signal) => serving(context, place, request.action, intent.to, signal),
      words: WORDS[request.action],
    };
  },
};

async function read(
  context: ActionContext,
  place: Place,
  { intent, who, signal }: DraftAid,
): Promise<MendingFacts> {
  const { service, environment } = place;
  const deployer = await context.systems.deployer();
  const [stack, latest, deploys, incidents, actor] = await Promise.all([
    deployer.stack(service, environment, signal),
    orNull(deployer.latestEvents(service, environment, signal)),
    readDeploys(context, service, environment, signal),
    readIncidentsOf(context, service, signal),
    who().catch((thrown) => {
      if (thrown instanceof ActionError) return null;
      throw thrown;
    }),
  ]);
  const token = actor === null ? null : tokenOf(actor, intent);
  const first = await readFirst(context, place, { stack, latest, incidents }, signal);
  return { service, environment, stack, latest, first, deploys, incidents, who: actor, token };
}

function lines(action: Mending, { stack, environment, service }: MendingFacts): readonly string[] {
  const where = `stack ${stack.name} (${environment}, account ${stack.identity.account}, ${stack.identity.region})`;
  return action === 'cancel_update'
    ? [
        `CloudFormation takes the update of ${where} back; the old group serves all the while.`,
        `The new instances are ended. Users of ${service.name} in ${environment} keep the version before.`,
        TAKE_BACK.cancel_update,
      ]
    : [
        `CloudFormation goes on taking ${where} back to what served before; no resource is skipped.`,
        'If what stopped it is still there, it stops again; the group that serves is not touched.',
        TAKE_BACK.continue_rollback,
      ];
}

async function moved(context: ActionContext, planned: MendingFacts, signal: AbortSignal): Promise<Recheck> {
  const { service, environment } = planned;
  const stack = await (await context.systems.deployer()).stack(service, environment, signal);
  if (stack.status === planned.stack.status && stack.updatedAt === planned.stack.updatedAt) {
    return { kind: 'same' };
  }
  const text = stack.status.endsWith('_IN_PROGRESS')
    ? whyNot(stack.status, { ...planned, stack })
    : `The stack ${stack.name} is ${stack.status} now.`;
  return { kind: 'moved', text };
}

/** The stack is back; what serves is told with it, where it can be read. */
async function serving(
  context: ActionContext,
  { service, environment }: Place,
  action: Mending,
  to: string | null,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  const done = action === 'cancel_update' ? 'The update is cancelled' : 'The rollback went on to its end';
  const back = `${done}: ${service.name} in ${environment} stays at ${to ?? 'what it was'}`;
  try {
    const groups = await (await context.systems.fleet()).groups(environment, [service], signal);
    const group = servingGroup(groups);
    const well = group?.instances.filter(({ lifecycle }) => lifecycle === 'InService').length ?? 0;
    const text = `${back}; ${group?.name ?? 'no group'} serves with ${well} of ${group?.desired ?? 0} instances in service.`;
    return { state: 'confirmed', text };
  } catch (thrown) {
    return {
      state: 'confirmed',
      text: `${back}; the groups could not be read (${toFailure('aws', thrown).text}).`,
    };
  }
}
