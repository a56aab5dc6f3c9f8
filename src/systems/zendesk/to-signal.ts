import { ownText, safeText } from '../../model/safe-text.ts';
import type { Severity, Signal } from '../../model/signal.ts';
import { SYSTEM } from './failure.ts';
import type { Owner } from './tags.ts';
import type { Ticket } from './wire.ts';

/** What has another priority keeps it, as it is. */
const SEVERITIES: Readonly<Record<string, Severity>> = {
  urgent: 'critical',
  high: 'warning',
  normal: 'warning',
  low: 'warning',
};

const OVER = new Set(['solved', 'closed']);

/** Others are open, statuses that we do not know among them. */
export function isOver({ status }: Ticket): boolean {
  return OVER.has(status);
}

/** @param base URL of the account, without a slash at the end */
export function toSignal(ticket: Ticket, { service, squad }: Owner, base: string): Signal {
  const { id, subject, status, priority } = ticket;
  const named = priority === null || priority === undefined ? 'no priority' : `${priority} priority`;
  return {
    source: SYSTEM,
    id: String(id),
    kind: 'ticket',
    title: subject ?? ownText('a ticket without a subject'),
    detail: safeText(`#${id}, ${status}, ${named}`),
    severity: priority === null || priority === undefined ? 'unknown' : (SEVERITIES[priority] ?? priority),
    since: ticket.created_at,
    service: service?.name ?? null,
    squad,
    acknowledged: ticket.assignee_id !== null && ticket.assignee_id !== undefined,
    acknowledgedBy: null,
    inDowntime: false,
    measure: null,
    url: safeText(`${base}/agent/tickets/${id}`),
  };
}
