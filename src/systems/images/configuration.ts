import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { ImageLabels } from '../../model/deploy.ts';
import { Failure } from '../../model/failure.ts';
import type { Instant } from '../../model/instant.ts';
import { safeText } from '../../model/safe-text.ts';
import { decode } from '../http/decode.ts';
import { parseJson } from '../http/json.ts';

/** A configuration is some kilobytes; it grows with the steps of its Dockerfile. */
export const MAX_CONFIGURATION_BYTES = 4 * 1_048_576;
const MAX_LABEL = 256;
/** Docker's first release. Builds that are the same each time stamp 1970 or 1980, which tells nothing. */
const NO_IMAGE_BEFORE = Date.UTC(2013, 2);

/** https://github.com/opencontainers/image-spec/blob/main/config.md; Docker's own has the same fields. */
const schema = z.object({
  created: z.string().nullish(),
  config: z.object({ Labels: z.record(z.string(), z.string()).nullish() }).nullish(),
});

/** What an image says of itself. */
export interface Configuration {
  /** When it was built; null: it does not tell. */
  readonly createdAt: Instant | null;
  readonly labels: ImageLabels;
}

/** Throws where the body is not what the digest names. */
export function parseConfiguration(
  system: string,
  host: string,
  body: Buffer,
  digest: string,
): Configuration {
  if (digestOf(body) !== digest) {
    throw new Failure(system, 'unreadable', `${host} gave something else than the image's configuration.`);
  }
  const { created, config } = decode(system, 'a configuration', schema, parseJson(system, host, body));
  const createdAt = Date.parse(created ?? '');
  const labels = Object.entries(config?.Labels ?? {}).map(
    ([name, value]) => [name, safeText(value, { maxLength: MAX_LABEL })] as const,
  );
  return { createdAt: createdAt >= NO_IMAGE_BEFORE ? createdAt : null, labels: new Map(labels) };
}

export function digestOf(body: Buffer): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}
