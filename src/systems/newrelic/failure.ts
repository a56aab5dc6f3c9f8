import * as z from 'zod';
import { Failure, type FailureCode } from '../../model/failure.ts';
import { safeText } from '../../model/safe-text.ts';

export const SYSTEM = 'newrelic';

const STATUSES: Readonly<Record<number, FailureCode>> = { 401: 'unauthorized', 403: 'forbidden' };

/**
 * Classes of NerdGraph's errors: https://github.com/newrelic/newrelic-client-go, internal/http/graphql.go, and
 * https://docs.newrelic.com/docs/apis/nerdgraph/get-started/introduction-new-relic-nerdgraph
 */
const CLASSES: Readonly<Record<string, FailureCode>> = {
  ACCESS_DENIED: 'forbidden',
  BAD_API_KEY: 'unauthorized',
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'not_found',
  SERVER_ERROR: 'server_error',
  TIMEOUT: 'timeout',
  TOO_MANY_REQUESTS: 'rate_limited',
  UNAUTHORIZED: 'unauthorized',
};

const HINTS: { readonly [C in FailureCode]?: string } = {
  unauthorized:
    ' It takes a user key (NRAK-…) of an account in the configured region: check systems.newrelic.token and region.',
  forbidden: ' The user of the key may not do this, or not in that account.',
};

const errorSchema = z.object({
  message: z.string().catch('no message'),
  extensions: z
    .object({ errorClass: z.string().optional(), error_code: z.string().optional() })
    .optional()
    .catch(undefined),
});
const errorsSchema = z.object({ errors: z.array(errorSchema).min(1) });

/** An answer that is an error as a whole. `data` may be beside it, in part: it is not used. */
export function nerdGraphFailure(
  status: number,
  body: unknown,
  redact: (text: string) => string,
): Failure | null {
  const told = errorsSchema.safeParse(body).data?.errors ?? [];
  if (status === 200 && told.length === 0) return null;
  const kind = told
    .map(({ extensions }) => extensions?.errorClass ?? extensions?.error_code)
    .find((one) => one !== undefined);
  const code =
    STATUSES[status] ??
    (kind === undefined ? undefined : CLASSES[kind]) ??
    (status >= 500 ? 'server_error' : 'invalid');
  const said = redact(told.map(({ message }) => message).join('; '));
  const text =
    said === '' ? `New Relic answered with HTTP ${status}.` : `New Relic: ${said} (HTTP ${status}).`;
  return new Failure(SYSTEM, code, `${text}${HINTS[code] ?? ''}`, {
    status,
    ...(kind === undefined ? {} : { vendorCode: safeText(kind) }),
  });
}
