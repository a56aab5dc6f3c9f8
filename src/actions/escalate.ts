import type { Incident, OnCall } from '../model/incident.ts';
import { SECOND } from '../model/instant.ts';
import { type Action, type ActionContext, sight } from './action.ts';
import {
  names,
  naming,
  PAGER_PATIENCE_MS,
  pagerDraft,
  peopleAt,
  readIncident,
  standing,
} from './incidents.ts';
import { TAKE_BACK } from './take-back.ts';
import type { ActionRequest, Check } from './types.ts';

type Escalate = Extract<ActionRequest, { action: 'escalate' }>;

/** PagerDuty's times have whole seconds. */
const ROUNDING_MS = 2 * SECOND;

/** Pages the next level of the incident's own policy: `escalation_level` on `PUT /incidents`. */
export const escalate: Action<Escalate> = {
  async draft(context, request, { signal }) {
    const incident = await readIncident(context, request.incident, signal);
    const onCall = await onCallOf(context, incident, signal);
    const { from, to } = levels(incident, onCall);
    const paged = peopleAt(onCall, to);
    return pagerDraft([incident], {
      title: `Escalate ${naming(incident)} to level ${to}`,
      lines: [
        `Policy ${incident.escalationPolicy.name}: now at ${from === null ? `nobody of it (${names(incident.assignees)})` : `level ${from}`}.`,
        `Level ${to} is paged: ${names(paged)}.`,
        TAKE_BACK.escalate,
      ],
      checks: [somebodyThere(incident, paged.length, to)],
      confirm: { kind: 'key' },
      facts: [standing(incident), to, paged.map((person) => person.id)],
      from: from === null ? null : `level ${from}`,
      to: `level ${to}`,
      changes: [],
      async recheck(deadline) {
        const now = await readIncident(context, request.incident, deadline);
        return standing(now) === standing(incident)
          ? { kind: 'same' }
          : { kind: 'moved', text: `${naming(now)} is ${now.status} now, with ${names(now.assignees)}.` };
      },
      async send(from, deadline) {
        await (await context.systems.pager()).change(
          { kind: 'escalate', id: incident.id, level: to },
          from,
          deadline,
        );
      },
    });
  },
  outlook: (context, intent, request) => ({
    system: 'pagerduty',
    patienceMs: PAGER_PATIENCE_MS,
    async look(signal) {
      const { incident, log } = await (await context.systems.pager()).incident(request.incident, signal);
      const escalated = log.some(
        (entry) => /escalat/i.test(entry.kind) && entry.at >= intent.at - ROUNDING_MS,
      );
      return escalated
        ? sight(
            'done',
            `Escalated to ${intent.to ?? 'the next level'}: ${names(incident.assignees)} paged for ${naming(incident)}.`,
          )
        : sight('none', `${naming(incident)} does not show the escalation yet.`);
    },
  }),
};

async function onCallOf(
  { systems }: ActionContext,
  incident: Incident,
  signal?: AbortSignal,
): Promise<readonly OnCall[]> {
  const policy = incident.escalationPolicy.id;
  const onCall = await (await systems.pager()).onCall([policy], signal);
  return onCall.filter((duty) => duty.escalationPolicy === policy);
}

/**
 * PagerDuty does not say at which level an incident is; its assignees do. The highest level that holds one of them
 * is where it stands; assigned to nobody of the policy, it starts again at level 1.
 */
function levels(incident: Incident, onCall: readonly OnCall[]): { from: number | null; to: number } {
  const assigned = new Set(incident.assignees.map((person) => person.id));
  const reached = onCall.filter((duty) => assigned.has(duty.person.id)).map((duty) => duty.level);
  const from = reached.length === 0 ? null : Math.max(...reached);
  return { from, to: (from ?? 0) + 1 };
}

function somebodyThere(incident: Incident, paged: number, level: number): Check {
  if (incident.status === 'resolved') {
    return {
      id: 'still-open',
      result: 'block',
      text: `${naming(incident)} is resolved: nothing to escalate.`,
    };
  }
  return paged > 0
    ? { id: 'somebody-paged', result: 'pass', text: `Somebody is on call at level ${level}.` }
    : {
        id: 'somebody-paged',
        result: 'block',
        text: `Nobody is on call at level ${level} of ${incident.escalationPolicy.name}: it cannot be escalated further. Re-route it instead.`,
      };
}
