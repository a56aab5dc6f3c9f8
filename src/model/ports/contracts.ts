import type { Service } from '../catalog.ts';
import type { SafeText } from '../safe-text.ts';

/** A broker of the contracts between services. */
export interface Contracts {
  /** Whether that version fits what runs around it in the environment; null: the service is not known to have contracts. */
  canDeploy(
    service: Service,
    environment: string,
    version: string,
    signal?: AbortSignal,
  ): Promise<Verdict | null>;
}

export interface Verdict {
  /** null: some contract was never verified. */
  readonly fits: boolean | null;
  /** In the broker's own words. */
  readonly reason: SafeText;
}
