import type { IncomingMessage } from 'node:http';
import { type Exchange, flatten, openRequest } from './exchange.ts';
import { networkFailure } from './network-failure.ts';
import type { TransportStream } from './transport.ts';

/**
 * One request whose answer is read as it comes; rejects with `Failure` only. The signal ends it at any time, and with
 * it the connection.
 * @param closed called once the answer has ended, however
 */
export function openStream(
  options: Omit<Exchange, 'maxBytes'>,
  closed: () => void,
): Promise<TransportStream> {
  const { system, url, signal } = options;
  return new Promise((resolve, reject) => {
    const request = openRequest(options);
    const failure = (error: unknown) => networkFailure(system, url.host, error);
    const stop = () => {
      request.destroy();
      reject(failure(signal.reason));
    };
    signal.addEventListener('abort', stop, { once: true });
    request.on('error', (error) => reject(failure(error)));
    request.on('close', () => {
      signal.removeEventListener('abort', stop);
      closed();
    });
    request.on('response', (response) => {
      const status = response.statusCode ?? 0;
      resolve({ status, headers: flatten(response.headers), body: pieces(response, signal, failure) });
    });
    if (signal.aborted) stop();
    else request.end(options.body);
  });
}

async function* pieces(
  response: IncomingMessage,
  signal: AbortSignal,
  failure: (error: unknown) => unknown,
): AsyncGenerator<Uint8Array, void, void> {
  try {
    for await (const piece of response) yield piece;
  } catch (error) {
    throw failure(signal.aborted ? signal.reason : error);
  }
}
