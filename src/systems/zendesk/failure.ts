import * as z from 'zod';
import type { Failure } from '../../model/failure.ts';
import { safeText } from '../../model/safe-text.ts';
import { lenientJson } from '../http/json.ts';
import { type Hints, restFailure } from '../http/rest-failure.ts';
import type { TransportResponse } from '../http/transport.ts';

export const SYSTEM = 'zendesk';

const HINTS: Hints = {
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

export function zendeskFailure(
  { status, body }: TransportResponse,
  redact: (text: string) => string,
): Failure {
  const told = bodySchema.safeParse(lenientJson(body.toString('utf8'))).data;
  return restFailure({
    system: SYSTEM,
    name: 'Zendesk',
    status,
    said: redact(told?.description ?? told?.error ?? ''),
    hints: HINTS,
    ...(told === undefined ? {} : { vendorCode: safeText(redact(told.error)) }),
  });
}
