import type { Instant } from './instant.ts';
import type { SafeText } from './safe-text.ts';

/** A status or urgency that we do not know is kept and shown raw. */
export type IncidentStatus = 'triggered' | 'acknowledged' | 'resolved' | (SafeText & {});
export type Urgency = 'high' | 'low' | (SafeText & {});

export interface Person {
  readonly id: string;
  readonly name: SafeText;
  readonly email: SafeText | null;
}

export interface Incident {
  readonly id: string;
  readonly number: number;
  readonly title: SafeText;
  readonly status: IncidentStatus;
  readonly urgency: Urgency;
  /** PagerDuty's service; the catalog's service is found by its id. */
  readonly pagerService: { readonly id: string; readonly name: SafeText };
  /** The catalog's service and squad, where the configuration knows them. */
  readonly service: string | null;
  readonly squad: string | null;
  readonly escalationPolicy: { readonly id: string; readonly name: SafeText };
  readonly triggeredAt: Instant;
  readonly assignees: readonly Person[];
  readonly acknowledgedBy: readonly Person[];
  /** When a snooze ends; null: not snoozed. */
  readonly snoozedUntil: Instant | null;
  /** null: it is open, or its end is not told. */
  readonly resolvedAt: Instant | null;
  readonly url: SafeText | null;
}

export interface IncidentDetail {
  readonly incident: Incident;
  readonly alerts: readonly Alert[];
  readonly notes: readonly Note[];
  readonly log: readonly LogEntry[];
  /** false: the log is so long that of its older part only the important entries were read. */
  readonly wholeLog: boolean;
}

/** A change that somebody, or a pipeline, told the pager of. */
export interface ChangeRecord {
  readonly id: string;
  readonly at: Instant;
  readonly summary: SafeText;
  /** Who told it, such as `buildkite`; null: not said. */
  readonly source: SafeText | null;
  readonly details: readonly (readonly [name: SafeText, value: SafeText])[];
  readonly url: SafeText | null;
}

export interface Alert {
  readonly summary: SafeText;
  readonly severity: SafeText;
  readonly at: Instant;
  /** The alert's custom details, in the order received. */
  readonly details: readonly (readonly [name: SafeText, value: SafeText])[];
}

export interface Note {
  readonly id: string;
  readonly text: SafeText;
  readonly by: SafeText;
  readonly at: Instant;
}

/** One line of the incident's history: who was paged and how, who acknowledged, where it was re-routed. */
export interface LogEntry {
  readonly kind: SafeText;
  readonly text: SafeText;
  readonly by: SafeText;
  readonly at: Instant;
}

/** Who is on call for an escalation policy at one level. */
export interface OnCall {
  readonly escalationPolicy: string;
  readonly level: number;
  readonly person: Person;
  readonly schedule: SafeText | null;
  /** End of this duty; null: it does not end. */
  readonly until: Instant | null;
}
