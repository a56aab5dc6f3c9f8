import * as z from 'zod';
import type { Failure } from '../../model/failure.ts';
import { lenientJson } from '../http/json.ts';
import { type Hints, restFailure } from '../http/rest-failure.ts';
import type { TransportResponse } from '../http/transport.ts';

export const SYSTEM = 'buildkite';

const HINTS: Hints = {
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

/** Its body is `{message, errors?}`. */
export function buildkiteFailure(
  { status, body }: TransportResponse,
  redact: (text: string) => string,
): Failure {
  const told = bodySchema.safeParse(lenientJson(body.toString('utf8'))).data;
  const fields = (told?.errors ?? []).flatMap(({ field, code }) =>
    field === undefined ? [] : [code === undefined ? field : `${field} ${code}`],
  );
  const words = [told?.message.replace(/[.\s]+$/, '') ?? '', ...fields].filter((part) => part !== '');
  const said = redact(words.join(', '));
  return restFailure({ system: SYSTEM, name: 'Buildkite', status, said, hints: HINTS });
}
