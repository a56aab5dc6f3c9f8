import * as z from 'zod';
import { Failure, type FailureCode, toFailure } from '../../model/failure.ts';
import { safeText } from '../../model/safe-text.ts';
import { quotaSentence } from './quota.ts';

export const SYSTEM = 'splunk';

const messageSchema = z.object({ type: z.string(), text: z.string() });
export type SplunkMessage = z.output<typeof messageSchema>;

const sdkResponse = z.object({ status: z.number(), data: z.unknown() });
const saidSchema = z.object({ messages: z.array(messageSchema) });

const CODES: Readonly<Record<number, FailureCode>> = {
  400: 'invalid',
  401: 'unauthorized',
  403: 'forbidden',
  404: 'not_found',
  409: 'conflict',
};

/**
 * What the SDK rejected with (a Failure of the transport, or the answer itself; where a job was told to do something,
 * in a list with that job) as a Failure.
 */
export function splunkFailure(rejected: unknown, redact: (text: string) => string): Failure {
  const thrown: unknown = Array.isArray(rejected) ? rejected[0] : rejected;
  if (thrown instanceof Failure) return thrown;
  const answer = sdkResponse.safeParse(thrown);
  if (!answer.success) return toFailure(SYSTEM, thrown);
  const { status, data } = answer.data;
  const parsed = saidSchema.safeParse(data);
  return saidFailure(parsed.success ? parsed.data.messages : [], redact, status);
}

/** splunkd's errors are always `{messages:[{type,text}]}`, as are a failed job's. */
export function saidFailure(
  messages: readonly SplunkMessage[],
  redact: (text: string) => string,
  status?: number,
): Failure {
  const text = redact(messages.map((message) => message.text).join(' '));
  const quota = quotaSentence(text);
  const code = quota !== null ? 'rate_limited' : status === undefined ? 'server_error' : codeOf(status);
  const [worst] = messages;
  const said = text === '' ? `Splunk answered with HTTP ${status ?? 'no status'}.` : `Splunk: ${text}`;
  return new Failure(SYSTEM, code, quota ?? `${said}${HINTS[code] ?? ''}`, {
    ...(status === undefined ? {} : { status }),
    ...(worst === undefined ? {} : { vendorCode: safeText(worst.type) }),
  });
}

const HINTS: Partial<Readonly<Record<FailureCode, string>>> = {
  unauthorized: ' Check systems.splunk.token.',
  forbidden: ' A role with the capability search, and with the index in srchIndexesAllowed, is needed.',
};

function codeOf(status: number): FailureCode {
  return CODES[status] ?? (status >= 500 ? 'server_error' : 'invalid');
}
