import { createHmac, timingSafeEqual } from 'node:crypto';
import { HOUR, type Instant, rfc3339, SECOND } from '../../../model/instant.ts';
import { imageContent } from '../../world/image-content.ts';
import type { World } from '../../world/world.ts';
import type { PracticeAnswer, PracticeRequest } from '../server.ts';

/** Where ECR keeps layers and configurations: a bucket of its own in S3, reached by presigned URLs. */
const BUCKET = '/prod-eu-west-1-starport-layer-bucket/';
const KEY = 'the bucket is signed for with this';
const VALID_MS = HOUR;

/** An address of one configuration that is good for an hour without credentials. */
export function presigned(origin: string, repository: string, digest: string, world: World): string {
  const path = `${BUCKET}${repository}/${digest}`;
  const date = rfc3339(world.now()).replaceAll(/[:-]/g, '');
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Date': date,
    'X-Amz-Expires': String(VALID_MS / SECOND),
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': signature(path, date),
  });
  return `${origin}${path}?${query}`;
}

export function isLayerRequest({ path }: PracticeRequest): boolean {
  return path.startsWith(BUCKET);
}

/**
 * GetObject: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html; credentials beside the
 * signature are refused, as S3 does.
 */
export function layerAnswer(request: PracticeRequest, world: World): PracticeAnswer {
  const { method, path, query, headers } = request;
  if (headers.authorization !== undefined) {
    return s3Error(400, 'InvalidArgument', 'Only one auth mechanism allowed');
  }
  const date = query.get('X-Amz-Date') ?? '';
  if (!isSame(signature(path, date), query.get('X-Amz-Signature') ?? '')) {
    return s3Error(403, 'SignatureDoesNotMatch', 'The request signature we calculated does not match');
  }
  if (world.now() > signedAt(date) + VALID_MS) return s3Error(403, 'AccessDenied', 'Request has expired');
  if (method !== 'GET') return s3Error(405, 'MethodNotAllowed', 'The specified method is not allowed');
  const [repository = '', digest = ''] = path.slice(BUCKET.length).split(/\/(?=sha256:)/);
  const body = configOf(world, repository, digest);
  if (body === null) return s3Error(404, 'NoSuchKey', 'The specified key does not exist.');
  return { status: 200, headers: { 'content-type': 'application/octet-stream' }, body };
}

/** null: the repository has no image with that configuration. */
export function configOf({ state }: World, repository: string, digest: string): string | null {
  for (const image of state.images) {
    if (image.repository !== repository) continue;
    const config = imageContent(image).configs.get(digest);
    if (config !== undefined) return config;
  }
  return null;
}

function signature(path: string, date: string): string {
  return createHmac('sha256', KEY).update(`${path} ${date}`).digest('hex');
}

/** `20261117T031200Z` */
function signedAt(date: string): Instant {
  return Date.parse(date.replace(/^(\d{4})(\d\d)(\d\dT\d\d)(\d\d)(\d\dZ)$/, '$1-$2-$3:$4:$5'));
}

function isSame(one: string, other: string): boolean {
  return one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other));
}

function s3Error(status: number, code: string, message: string): PracticeAnswer {
  const body = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`;
  return { status, headers: { 'content-type': 'application/xml' }, body };
}
