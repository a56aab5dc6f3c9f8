import { Failure } from '../../model/failure.ts';
import type { Transport, TransportResponse } from '../http/transport.ts';
import { TransientFailure } from './failure.ts';

/** What the SDK hands to a handler: the part of smithy's `HttpRequest` that AWS's protocols use. */
interface SignedRequest {
  readonly protocol: string;
  readonly hostname: string;
  readonly port?: number;
  readonly path: string;
  readonly query?: Readonly<Record<string, string | readonly string[] | null>>;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

interface Answer {
  readonly response: {
    readonly statusCode: number;
    readonly headers: Record<string, string>;
    readonly body: Uint8Array;
  };
}

/** smithy's `HttpHandler`, as far as a client calls it. */
export interface RequestHandler {
  readonly metadata: { readonly handlerProtocol: string };
  handle(request: SignedRequest, options?: { readonly abortSignal?: unknown }): Promise<Answer>;
  updateHttpClientConfig(): void;
  httpHandlerConfigs(): Record<string, never>;
  destroy(): void;
}

export interface RequestHandlerOptions {
  readonly transport: Transport;
  readonly caFile: string | null;
  /** Whether what goes through here changes the world: every AWS request is a POST, so the method does not tell. */
  readonly mutation: boolean;
  /** AWS does not take the credentials (any more). */
  readonly onRefused: () => void;
}

/** For one attempt; the SDK's further attempts of a read are bounded by `READ_DEADLINE_MS` in `call.ts`. */
const ATTEMPT_DEADLINE_MS = 10_000;

/**
 * A smithy request handler on the one HTTP transport, so that its deadline, breaker, counting, health and server
 * clock hold for AWS too. The SDK alone decides on further attempts, so the transport makes none.
 */
export function requestHandler({
  transport,
  caFile,
  mutation,
  onRefused,
}: RequestHandlerOptions): RequestHandler {
  return {
    metadata: { handlerProtocol: 'http/1.1' },
    updateHttpClientConfig: () => undefined,
    httpHandlerConfigs: () => ({}),
    destroy: () => undefined,
    async handle(request, options) {
      const signal = options?.abortSignal;
      try {
        const answer = await transport.request({
          system: 'aws',
          method: request.method,
          url: urlOf(request),
          headers: request.headers,
          mutation,
          retries: 0,
          deadlineMs: ATTEMPT_DEADLINE_MS,
          ...(typeof request.body === 'string' || request.body instanceof Uint8Array
            ? { body: request.body }
            : {}),
          ...(signal instanceof AbortSignal ? { signal } : {}),
          ...(caFile === null ? {} : { caFile }),
        });
        refuseCutXml(answer.status, answer.body);
        if (answer.status >= 400 && CREDENTIALS_REFUSED.test(headOf(answer))) onRefused();
        return {
          response: { statusCode: answer.status, headers: headersFor(answer), body: answer.body },
        };
      } catch (thrown) {
        throw mutation ? thrown : TransientFailure.wrap(thrown);
      }
    },
  };
}

const CREDENTIALS_REFUSED = /ExpiredToken|InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId/;
const CLOCK_COMPLAINT =
  /Signature expired|Signature not yet current|RequestExpired|RequestTimeTooSkewed|RequestInTheFuture/;

/**
 * Without `Date`, unless the server complains of our clock. The SDK sets its clock by every answer, and from four
 * minutes on it takes any error for one that this has cured and tries again: a refusal, too
 * (`@aws-sdk/core`, AwsSdkSigV4Signer).
 */
function headersFor(answer: TransportResponse): Record<string, string> {
  const { status, headers } = answer;
  if (status >= 400 && CLOCK_COMPLAINT.test(headOf(answer))) return { ...headers };
  const { date: _, ...others } = headers;
  return others;
}

/** Where an error has its code. */
function headOf({ body }: TransportResponse): string {
  return body.subarray(0, 2_048).toString('utf8');
}

/** The SDK's XML reader takes a document that was cut off for a short one: a fleet would look empty. */
function refuseCutXml(status: number, body: Buffer): void {
  if (status >= 300) return;
  const head = body.subarray(0, 512).toString('utf8').trimStart();
  if (!head.startsWith('<')) return;
  const root = /<([A-Za-z_][\w.-]*)[^>]*>/.exec(head)?.[1];
  const end = body.subarray(-256).toString('utf8').trimEnd();
  if (root !== undefined && (end.endsWith(`</${root}>`) || end.endsWith('/>'))) return;
  throw new Failure('aws', 'unreadable', 'AWS answered with XML that is cut off.', { status });
}

function urlOf(request: SignedRequest): string {
  const port = request.port === undefined ? '' : `:${request.port}`;
  const pairs = Object.entries(request.query ?? {}).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one: string | null) =>
      one === null ? encodeURIComponent(name) : `${encodeURIComponent(name)}=${encodeURIComponent(one)}`,
    ),
  );
  const query = pairs.length === 0 ? '' : `?${pairs.join('&')}`;
  return `${request.protocol}//${request.hostname}${port}${request.path}${query}`;
}
