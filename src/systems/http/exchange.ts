import type { Agent, ClientRequest, IncomingMessage } from 'node:http';
import { Failure } from '../../model/failure.ts';
import { http, https } from './agents.ts';
import { networkFailure } from './network-failure.ts';
import type { TransportResponse } from './transport.ts';

export interface Exchange {
  readonly system: string;
  readonly method: string;
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Uint8Array | undefined;
  readonly agent: Agent;
  readonly socketPath: string | undefined;
  readonly maxBytes: number;
  /** Aborts with a `Failure` as its reason. */
  readonly signal: AbortSignal;
}

/** A request that is not sent yet. */
export function openRequest(options: Omit<Exchange, 'maxBytes'>): ClientRequest {
  const { url, method, headers, agent, socketPath } = options;
  const client = url.protocol === 'https:' ? https() : http();
  return client.request(url, {
    method,
    headers: { ...headers },
    agent,
    ...(socketPath === undefined ? {} : { socketPath }),
  });
}

/** One request and its whole answer; throws only `Failure`. */
export function exchange(options: Exchange): Promise<TransportResponse> {
  const { system, url, signal } = options;
  return new Promise((resolve, reject) => {
    const request = openRequest(options);
    const fail = (error: unknown) => {
      signal.removeEventListener('abort', stop);
      request.destroy();
      reject(networkFailure(system, url.host, error));
    };
    const stop = () => fail(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    request.on('error', fail);
    request.on('response', (response) => {
      collect(response, options).then((answer) => {
        signal.removeEventListener('abort', stop);
        resolve(answer);
      }, fail);
    });
    if (signal.aborted) stop();
    else request.end(options.body);
  });
}

function collect(response: IncomingMessage, options: Exchange): Promise<TransportResponse> {
  const tooLarge = () =>
    new Failure(
      options.system,
      'too_large',
      `The answer of ${options.url.host} is larger than ${Math.round(options.maxBytes / 1_048_576)} MiB: it was cut off.`,
    );
  return new Promise((resolve, reject) => {
    if (Number(response.headers['content-length'] ?? 0) > options.maxBytes) {
      reject(tooLarge());
      return;
    }
    const pieces: Buffer[] = [];
    let bytes = 0;
    response.on('data', (piece: Buffer) => {
      bytes += piece.length;
      if (bytes > options.maxBytes) reject(tooLarge());
      else pieces.push(piece);
    });
    response.on('error', reject);
    response.on('end', () => {
      const status = response.statusCode ?? 0;
      resolve({ status, headers: flatten(response.headers), body: Buffer.concat(pieces, bytes) });
    });
    response.on('close', () => {
      if (!response.complete) reject(Object.assign(new Error('incomplete'), { code: 'ECONNRESET' }));
    });
  });
}

/** Lower-case names; repeated ones joined by `, `. */
export function flatten(headers: IncomingMessage['headers']): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) flat[name] = typeof value === 'string' ? value : value.join(', ');
  }
  return flat;
}
