import type { Incident } from '../model/incident.ts';
import { type Action, sight } from './action.ts';
import { names, naming, namingAll, PAGER_PATIENCE_MS, pagerDraft, readIncidents } from './incidents.ts';
import { TAKE_BACK } from './take-back.ts';
import type { ActionRequest } from './types.ts';

type Acknowledge = Extract<ActionRequest, { action: 'acknowledge' }>;

/**
 * Says "I am on it": stops the escalation. PagerDuty's REST API sets the statuses `acknowledged` and `resolved` only;
 * escalating to level 1 triggers an incident again, and pages (https://community.pagerduty.com, thread 4086).
 */
export const acknowledge: Action<Acknowledge> = {
  async draft(context, request, { signal }) {
    const incidents = await readIncidents(context, request.incidents, signal);
    let waiting = incidents.filter(isWaiting);
    return pagerDraft(incidents, {
      title: `Acknowledge ${namingAll(incidents)}`,
      lines: [
        ...incidents.map((incident) => `${naming(incident)} (${incident.status})`),
        TAKE_BACK.acknowledge,
      ],
      checks: [],
      // Where nobody waits for it nothing is sent, so there is nothing to ask.
      confirm: { kind: incidents.length === 1 || waiting.length === 0 ? 'none' : 'key' },
      facts: incidents.map((incident) => [incident.id, incident.status]),
      from: incidents.length === 1 ? (incidents[0]?.status ?? null) : null,
      to: 'acknowledged',
      changes: [],
      async recheck(deadline) {
        const now = await readIncidents(context, request.incidents, deadline);
        waiting = now.filter(isWaiting);
        return waiting.length > 0
          ? { kind: 'same' }
          : { kind: 'already', text: `Already ${tellAll(now)}. Nothing sent.` };
      },
      async send(from, deadline) {
        const ids = waiting.map((incident) => incident.id);
        await (await context.systems.pager()).change({ kind: 'acknowledge', ids }, from, deadline);
      },
    });
  },
  outlook: (context, _intent, request) => ({
    system: 'pagerduty',
    patienceMs: PAGER_PATIENCE_MS,
    async look(signal) {
      const now = await readIncidents(context, request.incidents, signal);
      const waiting = now.filter(isWaiting);
      if (waiting.length === 0) return sight('done', capital(`${tellAll(now)}.`));
      return sight('none', `${namingAll(waiting)} still triggered.`);
    },
  }),
};

function isWaiting(incident: Incident): boolean {
  return incident.status === 'triggered';
}

function tellAll(incidents: readonly Incident[]): string {
  return incidents.map(tell).join('; ');
}

function tell(incident: Incident): string {
  const by = incident.status === 'acknowledged' ? ` by ${names(incident.acknowledgedBy)}` : '';
  return `${incident.status}${by}: ${naming(incident)}`;
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
