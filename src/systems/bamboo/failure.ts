import * as z from 'zod';
import { Failure, type FailureCode } from '../../model/failure.ts';

export const SYSTEM = 'bamboo';

const CODES: Readonly<Record<number, FailureCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
};

const HINTS: { readonly [C in FailureCode]?: string } = {
  unauthorized: ' The token is not accepted, or no longer: check systems.bamboo.token.',
  forbidden:
    ' Its owner needs the permission View for the deployment project, Deploy for the environment; a token that deploys needs Triggering permissions.',
};

/** `{message, "status-code"}`, with `errors` beside it where parameters are wrong; a proxy's page has none of it. */
const bodySchema = z.object({
  message: z.string().optional().catch(undefined),
  errors: z.array(z.string()).optional().catch(undefined),
});

/** An answer of 400 and above; `body` is null where it was no JSON. */
export function bambooFailure(status: number, body: unknown, redact: (text: string) => string): Failure {
  const told = bodySchema.safeParse(body).data;
  const said = redact([told?.message, ...(told?.errors ?? [])].filter(Boolean).join('; ')).replace(
    /[.\s]+$/,
    '',
  );
  const code = CODES[status] ?? (status >= 500 ? 'server_error' : 'invalid');
  const text = said === '' ? `Bamboo answered with HTTP ${status}.` : `Bamboo: ${said} (HTTP ${status}).`;
  return new Failure(SYSTEM, code, `${text}${HINTS[code] ?? ''}`, { status });
}
