import type { Instant } from './instant.ts';
import type { SafeText } from './safe-text.ts';

export type DeployStatus = 'in_progress' | 'succeeded' | 'failed' | 'cancelled' | 'rolled_back';

/** One change of a service's version in one environment. */
export interface Deploy {
  readonly service: string;
  readonly environment: string;
  readonly version: SafeText;
  readonly status: DeployStatus;
  readonly startedAt: Instant;
  readonly finishedAt: Instant | null;
  /** `unknown` where the system names no actor. */
  readonly who: SafeText;
  /** The pipeline's or ticket's reference, such as `#412`. */
  readonly reference: SafeText | null;
  readonly source: string;
  readonly url: SafeText | null;
}

export interface Image {
  readonly version: SafeText;
  readonly digest: SafeText;
  /** When it was pushed; when it was built, where the registry does not tell; null: neither is known. */
  readonly pushedAt: Instant | null;
}

/** What an image says of itself, by name: the `Labels` of its configuration. */
export type ImageLabels = ReadonlyMap<string, SafeText>;
