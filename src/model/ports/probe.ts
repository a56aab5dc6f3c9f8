import type { Failure } from '../failure.ts';
import type { Instant } from '../instant.ts';
import type { SafeText } from '../safe-text.ts';

/** What `oncall doctor` asks of a system: cheap, harmless reads, and what it may not read. */
export interface Probe {
  /** As in docs/contracts.md: `pagerduty`, `docker`, `nagios`. */
  readonly system: string;
  /** Throws a `Failure` when the system does not answer, or answers that it knows nobody. */
  check(signal?: AbortSignal): Promise<Probed>;
  /** What to do about that failure, where this system knows better than its code tells; null: what is usual. */
  cure?(failure: Failure): string | null;
}

export interface Probed {
  /** Who we are there; null: it does not tell. */
  readonly identity: SafeText | null;
  /** Permissions that lack, by the vendor's own names: `ecr:BatchGetImage`, `incidents.write`. */
  readonly missing: readonly string[];
  /** The system's clock at its answer; null: as the `Date` of its answers tells, if they went through our transport. */
  readonly now: Instant | null;
  /** Of one small question; missing: of its quickest answer through our transport. */
  readonly latencyMs?: number;
  /** Requests left of a budget and its size; null: as the rate headers of its answers tell. */
  readonly budget: Budget | null;
  /** Something else to mend though it answers: the account is another one. Missing: nothing. */
  readonly trouble?: Trouble | null;
}

export interface Budget {
  readonly left: number;
  readonly of: number;
}

export interface Trouble {
  /** What is wrong, in a sentence. */
  readonly text: string;
  /** What to do about it, in one short line. */
  readonly fix: string;
  /** It works all the same, if less well: told, but no failure. */
  readonly works?: boolean;
}

/** What came of a probe, as it is judged. */
export interface Examination {
  readonly system: string;
  /** The environment that was looked at; null: the system has none. */
  readonly environment: string | null;
  /** Where the config tells of it: `systems.pagerduty`, `environments.prod.aws`. */
  readonly key: string;
  readonly outcome: Outcome;
}

export type Outcome =
  | {
      readonly kind: 'answered';
      readonly latencyMs: number;
      /** How far the system's clock is ahead of this machine's; null: not known. */
      readonly skewMs: number | null;
      readonly probed: Probed;
    }
  | {
      readonly kind: 'failed';
      readonly failure: Failure;
      /** What to do about it; null: what is usual for such a failure. */
      readonly cure: string | null;
    };
