import { createHmac } from 'node:crypto';
import type { PracticeAnswer, PracticeRequest } from '../server.ts';

/** Where the registry keeps its blobs: another host, with addresses that are their own permission. */
const PATH = '/storage/';
const KEY = 'addresses are signed with this';

/** The storage is this same server by another name, so that a client has to go to another host. */
export function redirectToStorage({ origin }: PracticeRequest, digest: string): PracticeAnswer {
  const elsewhere = origin.replace('//127.0.0.1:', '//localhost:');
  const location = `${elsewhere}${PATH}${digest}?signature=${signature(digest)}`;
  return { status: 307, headers: { Location: location } };
}

export function isStorageRequest({ path }: PracticeRequest): boolean {
  return path.startsWith(PATH);
}

/** Credentials beside the signature are refused, as S3 does. */
export function storageAnswer(
  { path, query, headers }: PracticeRequest,
  find: (digest: string) => string | null,
): PracticeAnswer {
  const digest = path.slice(PATH.length);
  if (headers.authorization !== undefined) return { status: 400, body: 'Only one auth mechanism allowed' };
  if (query.get('signature') !== signature(digest)) return { status: 403, body: 'Forbidden' };
  const body = find(digest);
  if (body === null) return { status: 404, body: 'Not Found' };
  return { status: 200, headers: { 'Content-Type': 'application/octet-stream' }, body };
}

function signature(digest: string): string {
  return createHmac('sha256', KEY).update(digest).digest('hex');
}
