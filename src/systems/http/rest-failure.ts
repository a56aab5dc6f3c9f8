import { Failure, type FailureCode } from '../../model/failure.ts';
import type { SafeText } from '../../model/safe-text.ts';

const CODES: Readonly<Record<number, FailureCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
};

/** What can be done about a failure, by its code; begins with a space. */
export type Hints = { readonly [C in FailureCode]?: string };

export interface Refusal {
  readonly system: string;
  /** As the vendor writes itself: `Buildkite`. */
  readonly name: string;
  readonly status: number;
  /** In the system's own words, redacted; empty: it said nothing that can be read. */
  readonly said: string;
  readonly hints: Hints;
  readonly vendorCode?: SafeText;
}

/** What an answer of 400 and above means where the status says it, as REST APIs have it. */
export function restFailure({ system, name, status, said, hints, vendorCode }: Refusal): Failure {
  const code = CODES[status] ?? (status >= 500 ? 'server_error' : 'invalid');
  const words = said.replace(/[.\s]+$/, '');
  const text = words === '' ? `${name} answered with HTTP ${status}.` : `${name}: ${words} (HTTP ${status}).`;
  return new Failure(system, code, `${text}${hints[code] ?? ''}`, {
    status,
    ...(vendorCode === undefined ? {} : { vendorCode }),
  });
}
