import { type Action, sight } from './action.ts';
import { naming, namingAll, PAGER_PATIENCE_MS, pagerDraft, readIncidents, standing } from './incidents.ts';
import { TAKE_BACK } from './take-back.ts';
import type { ActionRequest } from './types.ts';

type Resolve = Extract<ActionRequest, { action: 'resolve' }>;

/** Says "it is over". The REST API has no way back to `triggered`; a new event makes a new incident. */
export const resolve: Action<Resolve> = {
  async draft(context, request, { signal }) {
    const incidents = await readIncidents(context, request.incidents, signal);
    let open = incidents.filter((incident) => incident.status !== 'resolved');
    return pagerDraft(incidents, {
      title: `Resolve ${namingAll(incidents)}`,
      lines: [...incidents.map((incident) => `${naming(incident)} (${incident.status})`), TAKE_BACK.resolve],
      checks: [],
      // There is no way back: several at once need more than a key that was near.
      confirm: incidents.length > 1 ? { kind: 'typed', word: 'resolve' } : { kind: 'key' },
      facts: incidents.map((incident) => [incident.id, incident.status]),
      from: incidents.length === 1 ? (incidents[0]?.status ?? null) : null,
      to: 'resolved',
      changes: [],
      async recheck(deadline) {
        const now = await readIncidents(context, request.incidents, deadline);
        open = now.filter((incident) => incident.status !== 'resolved');
        if (open.length === 0)
          return { kind: 'already', text: `Already resolved: ${namingAll(now)}. Nothing sent.` };
        const moved = open.find(
          (incident) => !incidents.some((before) => standing(before) === standing(incident)),
        );
        return moved === undefined
          ? { kind: 'same' }
          : { kind: 'moved', text: `${naming(moved)} is ${moved.status} now, or with somebody else.` };
      },
      async send(from, deadline) {
        const ids = open.map((incident) => incident.id);
        await (await context.systems.pager()).change({ kind: 'resolve', ids }, from, deadline);
      },
    });
  },
  outlook: (context, _intent, request) => ({
    system: 'pagerduty',
    patienceMs: PAGER_PATIENCE_MS,
    async look(signal) {
      const now = await readIncidents(context, request.incidents, signal);
      const open = now.filter((incident) => incident.status !== 'resolved');
      if (open.length === 0) return sight('done', `Resolved: ${now.map(naming).join('; ')}.`);
      return sight('none', `${namingAll(open)} not resolved yet.`);
    },
  }),
};
