import { Failure } from '../../model/failure.ts';
import type { Transport, TransportRequest, TransportResponse } from '../http/transport.ts';
import { SYSTEM } from './failure.ts';

const MOST = 4;

export interface Arrived {
  readonly answer: TransportResponse;
  /** Host that answered. */
  readonly host: string;
  /** Another than was asked. */
  readonly elsewhere: boolean;
}

/**
 * A read, and wherever it is redirected to: registries keep blobs in storages of others. `Authorization` goes to
 * nobody but the host that was asked, and never comes back once it was left out; https stays https.
 */
export async function follow(transport: Transport, request: TransportRequest): Promise<Arrived> {
  let url = new URL(request.url);
  let headers = request.headers ?? {};
  let elsewhere = false;
  for (let hop = 0; hop <= MOST; hop += 1) {
    const answer = await transport.request({ ...request, url: url.href, headers, giveRedirects: true });
    if (!isRedirect(answer)) return { answer, host: url.host, elsewhere };
    const next = URL.parse(answer.headers.location ?? '', url);
    if (next === null || (url.protocol === 'https:' && next.protocol !== 'https:')) {
      const where = next === null ? 'nowhere' : `${next.host} without https`;
      throw new Failure(SYSTEM, 'unreadable', `${url.host} redirects to ${where}, which is not followed.`);
    }
    if (next.origin !== url.origin) {
      const { authorization: _, ...others } = headers;
      headers = others;
      elsewhere = true;
    }
    url = next;
  }
  throw new Failure(SYSTEM, 'unreadable', `${url.host} redirects more than ${MOST} times.`);
}

function isRedirect({ status, headers }: TransportResponse): boolean {
  return [301, 302, 303, 307, 308].includes(status) && headers.location !== undefined;
}
