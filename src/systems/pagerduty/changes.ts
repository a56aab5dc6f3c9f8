import { Failure } from '../../model/failure.ts';
import type { IncidentChange } from '../../model/ports/pager.ts';
import type { Write } from './client.ts';
import { SYSTEM } from './failure.ts';

/** PUT /incidents answers 413 above this: https://developer.pagerduty.com/api-reference (Manage Incidents) */
const MOST_AT_ONCE = 250;

/** The one request that makes a change. Throws where it could not be one request, or could not be accepted. */
export function toWrite(change: IncidentChange, from: string): Write {
  if (!/^[!-?A-~]+@[!-?A-~]+$/.test(from)) {
    throw new Failure(
      SYSTEM,
      'invalid',
      `${from} is no e-mail address: PagerDuty wants that of one of its users.`,
    );
  }
  switch (change.kind) {
    case 'acknowledge':
      return manage(change.ids, { status: 'acknowledged' }, from);
    case 'resolve':
      return manage(change.ids, { status: 'resolved' }, from);
    case 'reroute':
      // The policy and never a person: an assignment would end the escalation.
      return manage(
        change.ids,
        { escalation_policy: { id: change.escalationPolicy, type: 'escalation_policy_reference' } },
        from,
      );
    case 'escalate':
      return manage([change.id], { escalation_level: change.level }, from);
    case 'snooze':
      return post(change.id, 'snooze', { duration: change.seconds }, from);
    case 'note':
      return post(change.id, 'notes', { note: { content: change.text } }, from);
  }
}

function manage(ids: readonly string[], what: object, from: string): Write {
  if (ids.length === 0 || ids.length > MOST_AT_ONCE) {
    throw new Failure(
      SYSTEM,
      'invalid',
      `PagerDuty changes 1 to ${MOST_AT_ONCE} incidents at once, not ${ids.length}.`,
    );
  }
  const incidents = ids.map((id) => ({ id, type: 'incident_reference', ...what }));
  return { method: 'PUT', path: '/incidents', data: { incidents }, from };
}

function post(id: string, part: 'snooze' | 'notes', data: object, from: string): Write {
  return { method: 'POST', path: `/incidents/${encodeURIComponent(id)}/${part}`, data, from };
}
