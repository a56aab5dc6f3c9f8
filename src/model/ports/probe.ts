import type { Instant } from '../instant.ts';
import type { SafeText } from '../safe-text.ts';

/** What `oncall doctor` asks of a system: one cheap, harmless read, and what it may not read. */
export interface Probe {
  /** As in docs/contracts.md: `pagerduty`, `docker`, `nagios`. */
  readonly system: string;
  /** Throws a `Failure` when the system does not answer, or answers that it knows nobody. */
  check(signal?: AbortSignal): Promise<Probed>;
}

export interface Probed {
  /** Who we are there; null: it does not tell. */
  readonly identity: SafeText | null;
  /** Permissions that lack, by the vendor's own names: `ecr:BatchGetImage`, `incidents.write`. */
  readonly missing: readonly string[];
  /** The system's clock at its answer; null: it gives none. */
  readonly now: Instant | null;
  /** Requests left of a budget and its size; null: it tells of none. */
  readonly budget: { readonly left: number; readonly of: number } | null;
}
