import type { Instant } from './instant.ts';
import { type SafeText, safeText } from './safe-text.ts';

/** Why a system did not give what was asked; part of the JSON contract as `error.code`. */
export type FailureCode =
  | 'dns'
  | 'refused'
  | 'reset'
  | 'timeout'
  | 'tls'
  | 'too_large'
  | 'unreadable'
  | 'unauthorized'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'invalid'
  | 'rate_limited'
  | 'server_error'
  | 'circuit_open'
  | 'not_configured'
  | 'aborted'
  | 'unknown';

export interface FailureDetails {
  /** The system's own HTTP status, where there was one. */
  readonly status?: number;
  /** The vendor's own error code: PagerDuty 1002, AWS `ValidationError`. */
  readonly vendorCode?: SafeText;
  /** When asking again makes sense, on this machine's clock. */
  readonly retryAt?: Instant;
}

/** The only error that leaves `systems/`: one clear sentence, safe to print. */
export class Failure extends Error {
  override readonly name = 'Failure';
  readonly system: string;
  readonly code: FailureCode;
  readonly details: FailureDetails;

  constructor(system: string, code: FailureCode, message: string, details: FailureDetails = {}) {
    super(safeText(message, { maxLength: 500 }));
    this.system = system;
    this.code = code;
    this.details = details;
  }

  get text(): SafeText {
    return this.message as SafeText;
  }

  /**
   * Whether a write that ended so may have been applied all the same: then only reading decides.
   * Refusals by the system, and requests that never left, were not applied.
   */
  get mayHaveHappened(): boolean {
    return MAY_HAVE_HAPPENED.has(this.code);
  }
}

const MAY_HAVE_HAPPENED: ReadonlySet<FailureCode> = new Set([
  'reset',
  'timeout',
  'too_large',
  'unreadable',
  'server_error',
  'aborted',
  'unknown',
]);

/** Anything thrown, as a Failure of that system. */
export function toFailure(system: string, thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return new Failure(system, 'unknown', message);
}
