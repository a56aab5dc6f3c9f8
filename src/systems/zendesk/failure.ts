import * as z from 'zod';
import { Failure, type FailureCode } from '../../model/failure.ts';
import { safeText } from '../../model/safe-text.ts';

export const SYSTEM = 'zendesk';

const CODES: Readonly<Record<number, FailureCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
};

const HINTS: { readonly [C in FailureCode]?: string } = {
  unauthorized:
    ' Check systems.zendesk.username and token, and that API tokens are allowed in its Admin Center.',
  forbidden: ' The user must be an agent who may see and edit these tickets.',
  conflict: ' Somebody changed the ticket meanwhile: look at it again.',
};

/** `error` is a word with `description` beside it, or an object of title and message: …/introduction/requests/ */
const bodySchema = z.object({
  error: z.union([
    z.string(),
    z
      .object({ title: z.string().optional(), message: z.string().optional() })
      .transform(({ title, message }) => message ?? title ?? ''),
  ]),
  description: z.string().optional().catch(undefined),
});

/** An answer of 400 and above; `body` is null where it was no JSON. */
export function zendeskFailure(status: number, body: unknown, redact: (text: string) => string): Failure {
  const told = bodySchema.safeParse(body).data;
  const said = redact(told?.description ?? told?.error ?? '').replace(/[.\s]+$/, '');
  const code = CODES[status] ?? (status >= 500 ? 'server_error' : 'invalid');
  const text = said === '' ? `Zendesk answered with HTTP ${status}.` : `Zendesk: ${said} (HTTP ${status}).`;
  return new Failure(SYSTEM, code, `${text}${HINTS[code] ?? ''}`, {
    status,
    ...(told === undefined ? {} : { vendorCode: safeText(redact(told.error)) }),
  });
}
