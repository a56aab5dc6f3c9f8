import * as z from 'zod';
import { Failure, type FailureCode } from '../../model/failure.ts';

export const SYSTEM = 'buildkite';

const CODES: Readonly<Record<number, FailureCode>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
};

const HINTS: { readonly [C in FailureCode]?: string } = {
  unauthorized: ' Check systems.buildkite.token.',
  forbidden:
    ' The token needs the scopes read_builds, write_builds and read_pipelines for this organisation.',
  not_found: ' Check systems.buildkite.organization and the pipeline of the service.',
};

const bodySchema = z.object({
  message: z.string(),
  errors: z
    .array(z.object({ field: z.string().optional(), code: z.string().optional() }).catch({}))
    .optional()
    .catch(undefined),
});

/** An answer of 400 and above, `{message, errors?}`; `body` is null where it was no JSON. */
export function buildkiteFailure(status: number, body: unknown, redact: (text: string) => string): Failure {
  const told = bodySchema.safeParse(body).data;
  const fields = (told?.errors ?? []).flatMap(({ field, code }) =>
    field === undefined ? [] : [code === undefined ? field : `${field} ${code}`],
  );
  const said = [told?.message.replace(/[.\s]+$/, '') ?? '', ...fields]
    .filter((part) => part !== '')
    .join(', ');
  const code = CODES[status] ?? (status >= 500 ? 'server_error' : 'invalid');
  const text =
    said === '' ? `Buildkite answered with HTTP ${status}.` : `Buildkite: ${redact(said)} (HTTP ${status}).`;
  return new Failure(SYSTEM, code, `${text}${HINTS[code] ?? ''}`, { status });
}
