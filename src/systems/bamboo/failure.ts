import * as z from 'zod';
import type { Failure } from '../../model/failure.ts';
import { lenientJson } from '../http/json.ts';
import { type Hints, restFailure } from '../http/rest-failure.ts';
import type { TransportResponse } from '../http/transport.ts';

export const SYSTEM = 'bamboo';

const HINTS: Hints = {
  unauthorized: ' The token is not accepted, or no longer: check systems.bamboo.token.',
  forbidden:
    ' Its owner needs the permission View for the deployment project, Deploy for the environment; a token that deploys needs Triggering permissions.',
};

/** `{message, "status-code"}`, with `errors` beside it where parameters are wrong; a proxy's page has none of it. */
const bodySchema = z.object({
  message: z.string().optional().catch(undefined),
  errors: z.array(z.string()).optional().catch(undefined),
});

export function bambooFailure(
  { status, body }: TransportResponse,
  redact: (text: string) => string,
): Failure {
  const told = bodySchema.safeParse(lenientJson(body.toString('utf8'))).data;
  const said = redact([told?.message, ...(told?.errors ?? [])].filter(Boolean).join('; '));
  return restFailure({ system: SYSTEM, name: 'Bamboo', status, said, hints: HINTS });
}
