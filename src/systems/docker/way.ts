import type { Container } from '../../model/fleet.ts';

/** An open way to the Docker Engine of one instance. */
export interface Way {
  containers(signal: AbortSignal): Promise<readonly Container[]>;
  /** Whether it can still be used; otherwise the next reading opens another. */
  isOpen(): boolean;
  close(): Promise<void>;
}
