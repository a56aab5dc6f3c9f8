import * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import { decode } from '../http/decode.ts';
import { parseJson } from '../http/json.ts';

/** Of one platform and of several, Docker's and OCI's. Asked for without them, registries answer with formats of old. */
export const MANIFEST_FORMATS = [
  'application/vnd.docker.distribution.manifest.v2+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.oci.image.index.v1+json',
];
/** Registries need not take more: https://github.com/opencontainers/distribution-spec/blob/main/spec.md */
export const MAX_MANIFEST_BYTES = 4 * 1_048_576;

const digest = z.string().regex(/^sha256:[0-9a-f]{64}$/, 'is no sha256 digest');
const platform = z.object({ os: z.string().nullish(), architecture: z.string().nullish() }).nullish();
/** Of one platform, or a list of such: https://github.com/opencontainers/image-spec (manifest, image-index) */
const manifest = z.union([
  z.object({ config: z.object({ digest }) }),
  z.object({ manifests: z.array(z.object({ digest, platform })).min(1) }),
]);

/** Leads to an image's configuration, or to the images of several platforms. */
export type Manifest = z.output<typeof manifest>;

export function parseManifest(system: string, host: string, body: Buffer | string): Manifest {
  if (body.length > MAX_MANIFEST_BYTES) {
    throw new Failure(system, 'too_large', 'The manifest of the image is larger than any registry allows.');
  }
  return decode(system, 'a manifest', manifest, parseJson(system, host, body));
}

/** Digest of the image for linux on amd64, else of the first; null: it is one for a single platform. */
export function platformDigest(found: Manifest): string | null {
  if ('config' in found) return null;
  const usual = found.manifests.find(
    (each) => each.platform?.os === 'linux' && each.platform.architecture === 'amd64',
  );
  return (usual ?? found.manifests[0])?.digest ?? null;
}
