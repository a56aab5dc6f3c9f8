import { MINUTE, rfc3339, SECOND } from '../model/instant.ts';
import { type Action, sight } from './action.ts';
import { naming, PAGER_PATIENCE_MS, pagerDraft, readIncident } from './incidents.ts';
import { TAKE_BACK } from './take-back.ts';
import { ActionError, type ActionRequest } from './types.ts';

type Snooze = Extract<ActionRequest, { action: 'snooze' }>;

/** Error 1013 above it: PagerDuty snoozes for one second to one week. */
const LONGEST_S = 604_800;
/** Between our clock's reading of the confirmation and PagerDuty's of the write. */
const TOLERANCE_MS = 3 * MINUTE;

/** Keeps an incident quiet for a while; then PagerDuty triggers it again and pages. */
export const snooze: Action<Snooze> = {
  async draft(context, request, { signal }) {
    const { seconds } = request;
    if (!Number.isInteger(seconds) || seconds < 1 || seconds > LONGEST_S) {
      throw new ActionError('PagerDuty snoozes for 1 second to 7 days: such as 30m, 4h, 1d.');
    }
    const incident = await readIncident(context, request.incident, signal);
    const until = rfc3339(context.systems.now('pagerduty') + seconds * SECOND);
    return pagerDraft([incident], {
      title: `Snooze ${naming(incident)}`,
      lines: [`Until about ${until}; then it is triggered again and pages.`, TAKE_BACK.snooze],
      checks: [],
      confirm: { kind: 'none' },
      facts: [incident.id, incident.status, seconds],
      from: incident.status,
      to: 'snoozed',
      changes: [],
      async recheck(deadline) {
        const now = await readIncident(context, request.incident, deadline);
        return now.status === 'resolved'
          ? { kind: 'moved', text: `${naming(now)} is resolved.` }
          : { kind: 'same' };
      },
      async send(from, deadline) {
        await (await context.systems.pager()).change(
          { kind: 'snooze', id: request.incident, seconds },
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
      const now = await readIncident(context, request.incident, signal);
      const wanted = intent.at + request.seconds * SECOND;
      const is = now.snoozedUntil;
      return is !== null && Math.abs(is - wanted) <= TOLERANCE_MS
        ? sight('done', `Snoozed until ${rfc3339(is)}: ${naming(now)}.`)
        : sight('none', `${naming(now)} is not snoozed yet.`);
    },
  }),
};
