import type { Instant } from './instant.ts';
import type { SafeText } from './safe-text.ts';

/** A severity that we do not know is kept and shown raw. */
export type Severity = 'critical' | 'warning' | 'unknown' | (SafeText & {});

/** Something that a monitoring or a ticket system says is wrong now: beside incidents, and often their cause. */
export interface Signal {
  /** The system that says so, as the config names it: `nagios`, `aws`, `newrelic`, `zendesk`. */
  readonly source: string;
  /** The source's own id. */
  readonly id: string;
  readonly kind: 'check' | 'alarm' | 'issue' | 'ticket';
  readonly title: SafeText;
  /** What the source says beside the title; null: nothing. */
  readonly detail: SafeText | null;
  readonly severity: Severity;
  /** Since when it has been so, on the source's clock; null: not told. */
  readonly since: Instant | null;
  /** The catalog's service and squad, where the configuration or the source's own words tell. */
  readonly service: string | null;
  readonly squad: string | null;
  /** Somebody is on it; where the source names them, who. */
  readonly acknowledged: boolean;
  readonly acknowledgedBy: SafeText | null;
  /** It is known to be down on purpose. */
  readonly inDowntime: boolean;
  /** What is measured, oldest first, with its unit; null: nothing is. */
  readonly measure: { readonly values: readonly number[]; readonly unit: SafeText } | null;
  readonly url: SafeText | null;
}
