import { WebAPIPlatformError, WebAPIRequestError } from '@slack/web-api';
import * as z from 'zod';
import { Failure, type FailureCode, toFailure } from '../../model/failure.ts';
import { safeText } from '../../model/safe-text.ts';

export const SYSTEM = 'slack';

/** Of the errors listed with chat.postMessage and conversations.history at https://docs.slack.dev/reference/methods */
const CODES: Readonly<Record<string, FailureCode>> = {
  account_inactive: 'unauthorized',
  invalid_auth: 'unauthorized',
  not_authed: 'unauthorized',
  token_expired: 'unauthorized',
  token_revoked: 'unauthorized',
  access_denied: 'forbidden',
  ekm_access_denied: 'forbidden',
  is_archived: 'forbidden',
  missing_scope: 'forbidden',
  no_permission: 'forbidden',
  not_allowed_token_type: 'forbidden',
  not_in_channel: 'forbidden',
  restricted_action: 'forbidden',
  channel_not_found: 'not_found',
  ratelimited: 'rate_limited',
  rate_limited: 'rate_limited',
  // "It's possible some aspect of the operation succeeded before the error was raised."
  fatal_error: 'server_error',
  internal_error: 'server_error',
  request_timeout: 'server_error',
  service_unavailable: 'server_error',
};

const HINTS: Readonly<Record<string, string>> = {
  channel_not_found: ' There is no such channel, or it is private and the app was not invited to it.',
  invalid_auth: ' The token is not accepted: check systems.slack.token.',
  is_archived: ' The channel is archived: name another one in squads[].slack_channel.',
  missing_scope: ' Add the scope to the app, and install it again.',
  not_in_channel: ' Invite the app to the channel, with /invite in Slack.',
};

const refusal = z.object({ error: z.string(), needed: z.string().optional() });

/** What went wrong with a call. An error of Slack's own comes as `{ok: false, error}` with HTTP 200. */
export function slackFailure(thrown: unknown, redact: (text: string) => string): Failure {
  if (thrown instanceof WebAPIRequestError) return toFailure(SYSTEM, thrown.original);
  const told = thrown instanceof WebAPIPlatformError ? refusal.safeParse(thrown.data).data : undefined;
  if (told === undefined) return toFailure(SYSTEM, thrown);
  const { error, needed } = told;
  const scope = needed === undefined ? '' : ` (${needed})`;
  const text = redact(`Slack: ${error}${scope}.${HINTS[error] ?? ''}`);
  return new Failure(SYSTEM, CODES[error] ?? 'invalid', text, { status: 200, vendorCode: safeText(error) });
}
