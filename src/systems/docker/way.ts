import type { Container } from '../../model/fleet.ts';
import type { Instant } from '../../model/instant.ts';
import type { SafeText } from '../../model/safe-text.ts';

/** An open way to the Docker Engine of one instance. */
export interface Way {
  /** Over a unix socket here, over one that ssh forwards, or by docker's own command line where that is forbidden. */
  readonly kind: 'socket' | 'forwarded' | 'command';
  containers(signal: AbortSignal): Promise<readonly Container[]>;
  about(signal: AbortSignal): Promise<EngineAbout>;
  /** Whether it can still be used; otherwise the next reading opens another. */
  isOpen(): boolean;
  close(): Promise<void>;
}

export interface EngineAbout {
  /** The host's own name. */
  readonly host: SafeText;
  readonly version: SafeText;
  /** The host's clock; null: not told. */
  readonly now: Instant | null;
}
