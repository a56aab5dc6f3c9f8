import type { Service } from '../catalog.ts';
import type { Alert, ChangeRecord, Incident, IncidentDetail, OnCall, Person } from '../incident.ts';
import type { Instant } from '../instant.ts';

/** Who is paged for what. Every read throws a `Failure`; a write is sent exactly once. */
export interface Pager {
  /** All incidents triggered or acknowledged, newest first, however old. */
  openIncidents(signal?: AbortSignal): Promise<readonly Incident[]>;
  /** High-urgency incidents of one service that were triggered since then, whatever became of them, newest first. */
  urgentSince(service: Service, since: Instant, signal?: AbortSignal): Promise<readonly Incident[]>;
  incidents(ids: readonly string[], signal?: AbortSignal): Promise<readonly Incident[]>;
  /** What monitoring told with the incident, oldest first: one request. */
  alerts(id: string, signal?: AbortSignal): Promise<readonly Alert[]>;
  incident(id: string, signal?: AbortSignal): Promise<IncidentDetail>;
  /** Changes of one of PagerDuty's services in that span, oldest first. */
  changes(
    pagerService: string,
    since: Instant,
    until: Instant,
    signal?: AbortSignal,
  ): Promise<readonly ChangeRecord[]>;
  onCall(escalationPolicies: readonly string[], signal?: AbortSignal): Promise<readonly OnCall[]>;
  /** Whose token this is; null for an account's token, which belongs to nobody. */
  me(signal?: AbortSignal): Promise<Person | null>;
  /** Sends one change, once, in the name of `from` (an e-mail address of a user). */
  change(change: IncidentChange, from: string, signal?: AbortSignal): Promise<void>;
}

export type IncidentChange =
  | { readonly kind: 'acknowledge'; readonly ids: readonly string[] }
  | { readonly kind: 'resolve'; readonly ids: readonly string[] }
  | { readonly kind: 'escalate'; readonly id: string; readonly level: number }
  | { readonly kind: 'reroute'; readonly ids: readonly string[]; readonly escalationPolicy: string }
  | { readonly kind: 'snooze'; readonly id: string; readonly seconds: number }
  | { readonly kind: 'note'; readonly id: string; readonly text: string };
