import { Failure } from '../../model/failure.ts';
import type { Transport, TransportRequest, TransportResponse, TransportStream } from '../http/transport.ts';
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
    readonly body: Uint8Array | AsyncIterable<Uint8Array>;
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
  /** Whether an answer is handed on before it has ended, as an event stream has to be. */
  readonly streams: boolean;
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
  streams,
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
        const asked: TransportRequest = {
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
        };
        const stream = streams ? await transport.stream(asked) : null;
        if (stream !== null && stream.status < 300)
          return { response: { statusCode: stream.status, headers: headersFor(stream), body: stream.body } };
        const answer = stream === null ? await transport.request(asked) : await whole(stream);
        refuseCutXml(answer.status, answer.body);
        if (answer.status >= 400 && CREDENTIALS_REFUSED.test(headOf(answer.body))) onRefused();
        return {
          response: { statusCode: answer.status, headers: headersFor(answer), body: answer.body },
        };
      } catch (thrown) {
        throw mutation ? thrown : TransientFailure.wrap(thrown);
      }
    },
  };
}

const LONGEST_REFUSAL = 64 * 1024;
const CREDENTIALS_REFUSED = /ExpiredToken|InvalidClientTokenId|UnrecognizedClient|InvalidAccessKeyId/;
const CLOCK_COMPLAINT =
  /Signature expired|Signature not yet current|RequestExpired|RequestTimeTooSkewed|RequestInTheFuture/;

/**
 * Without `Date`, unless the server complains of our clock. The SDK sets its clock by every answer, and from four
 * minutes on it takes any error for one that this has cured and tries again: a refusal, too
 * (`@aws-sdk/core`, AwsSdkSigV4Signer).
 */
function headersFor(answer: TransportResponse | TransportStream): Record<string, string> {
  const { status, headers } = answer;
  if (status >= 400 && Buffer.isBuffer(answer.body) && CLOCK_COMPLAINT.test(headOf(answer.body)))
    return { ...headers };
  const { date: _, ...others } = headers;
  return others;
}

/** A refusal, which is short and ends, in place of a stream. */
async function whole({ status, headers, body }: TransportStream): Promise<TransportResponse> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  for await (const piece of body) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes > LONGEST_REFUSAL) break;
  }
  return { status, headers, body: Buffer.concat(pieces) };
}

/** Where an error has its code. */
function headOf(body: Buffer): string {
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
