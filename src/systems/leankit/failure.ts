import * as z from 'zod';
import { Failure, type FailureCode } from '../../model/failure.ts';

export const SYSTEM = 'leankit';

const CODES: Readonly<Record<number, FailureCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
};

const HINTS: { readonly [C in FailureCode]?: string } = {
  unauthorized: ' Check systems.leankit.token: it may have been revoked.',
  forbidden: ' The token’s user has no access to that board.',
  not_found: ' Check systems.leankit.board, and that the token’s user may see it.',
};

const bodySchema = z.object({ message: z.string().optional(), error: z.string().optional() });

/**
 * An answer of 400 and above; `body` is null where it was no JSON. The status is all that is documented
 * (https://success.planview.com/Planview_AgilePlace/AgilePlace_API/01_v2/01-overview/core-concepts); words are taken
 * where there are any.
 */
export function leankitFailure(status: number, body: unknown, redact: (text: string) => string): Failure {
  const told = bodySchema.safeParse(body).data;
  const said = redact(told?.message ?? told?.error ?? '').replace(/[.\s]+$/, '');
  const code = CODES[status] ?? (status >= 500 ? 'server_error' : 'invalid');
  const text = said === '' ? `Leankit answered with HTTP ${status}.` : `Leankit: ${said} (HTTP ${status}).`;
  return new Failure(SYSTEM, code, `${text}${HINTS[code] ?? ''}`, { status });
}
