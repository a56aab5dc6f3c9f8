import * as z from 'zod';
import type { Failure } from '../../model/failure.ts';
import { lenientJson } from '../http/json.ts';
import { type Hints, restFailure } from '../http/rest-failure.ts';
import type { TransportResponse } from '../http/transport.ts';

export const SYSTEM = 'leankit';

const HINTS: Hints = {
  unauthorized: ' Check systems.leankit.token: it may have been revoked.',
  forbidden: ' The token’s user has no access to that board.',
  not_found: ' Check systems.leankit.board, and that the token’s user may see it.',
};

const bodySchema = z.object({ message: z.string().optional(), error: z.string().optional() });

/**
 * The status is all that is documented
 * (https://success.planview.com/Planview_AgilePlace/AgilePlace_API/01_v2/01-overview/core-concepts); words are taken
 * where there are any.
 */
export function leankitFailure(
  { status, body }: TransportResponse,
  redact: (text: string) => string,
): Failure {
  const told = bodySchema.safeParse(lenientJson(body.toString('utf8'))).data;
  const said = redact(told?.message ?? told?.error ?? '');
  return restFailure({ system: SYSTEM, name: 'Leankit', status, said, hints: HINTS });
}
