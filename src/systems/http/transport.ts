import type { LoadedConfig } from '../../config/types.ts';
import type { Instant } from '../../model/instant.ts';
import type { SystemHealth } from '../../model/system-health.ts';

/** What every adapter is opened with. */
export interface AdapterDeps {
  readonly loaded: LoadedConfig;
  readonly transport: Transport;
}

export interface TransportRequest {
  /** The system's name as in the config; breaker, queue, budget, clock and health are kept by it. */
  readonly system: string;
  readonly method: string;
  /** Absolute; https, or http to loopback or through `socketPath`. */
  readonly url: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Aborted with a `Failure` as its reason, it ends in that failure; with anything else in `aborted`. */
  readonly signal?: AbortSignal;
  /** For everything: waiting in the queue, all attempts, the last byte. Default 15 s. */
  readonly deadlineMs?: number;
  /** A longer answer is cut off and fails as `too_large`. Default 16 MiB. */
  readonly maxBytes?: number;
  /** Changes the world: sent exactly once. Default: every method but GET and HEAD. */
  readonly mutation?: boolean;
  /** Further attempts of a read after a passing failure; 0 where the vendor's SDK retries. Default 2. */
  readonly retries?: number;
  /** Absolute path of a certificate authority (PEM) trusted for this request instead of the built-in ones. */
  readonly caFile?: string;
  /** A unix socket to connect to instead of the URL's host. */
  readonly socketPath?: string;
  /** Resolve with a 3xx, for whoever follows it without the token. Default false: it fails as `unreadable`. */
  readonly giveRedirects?: boolean;
  /** Refuse, as `unreadable`, an answer below 300 whose content type is HTML (a proxy's page). Default true. */
  readonly refuseHtml?: boolean;
}

export interface TransportResponse {
  readonly status: number;
  /** Lower-case names; repeated ones joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

/** An answer whose body is read as it comes. */
export interface TransportStream {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Throws only `Failure`: `reset` where the answer breaks off. */
  readonly body: AsyncIterable<Uint8Array>;
}

/** The one way to HTTP under all systems. */
export interface Transport {
  /**
   * Resolves with the system's answer whatever its status, but for 3xx (never followed here: a token would go
   * along) and 429. Throws only `Failure`: dns, refused, reset, timeout, tls, too_large, unreadable (HTML, redirect),
   * rate_limited, circuit_open, aborted. Writes go past queue, budget and breaker, on a connection of their own.
   */
  request(request: TransportRequest): Promise<TransportResponse>;
  /**
   * As `request`, for an answer that has no end of its own: resolves with its head, for which alone the deadline is,
   * whatever the status. Goes once, past queue, budget and breaker, on a connection of its own that lives until the
   * answer ends or the signal aborts.
   */
  stream(request: TransportRequest): Promise<TransportStream>;
  /** A value that must never be printed: errors have it, its base64 and its URL form taken out. */
  addSecret(secret: string): void;
  /** Takes known secrets out of a text that goes into an error. */
  redact(text: string): string;
  /** The system's own clock from its latest `Date`; this machine's until one came. */
  now(system: string): Instant;
  /** Makes the system appear in `health` before it is asked. */
  register(system: string): void;
  /** For systems that are reached in another way (SSH): tells the outcome so that it counts in `health`. */
  report(system: string, outcome: SystemHealth['error']): void;
  health(): readonly SystemHealth[];
  onHealth(changed: () => void): () => void;
  /** Requests sent to that system so far, retries included. */
  requestCount(system: string): number;
  close(): Promise<void>;
}
