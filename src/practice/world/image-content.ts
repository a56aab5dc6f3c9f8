import { createHash } from 'node:crypto';
import { rfc3339 } from '../../model/instant.ts';
import type { PracticeImage } from './state.ts';

/** What an image is made from; everything in the registry follows from it. */
export type ImageSource = Pick<PracticeImage, 'labels' | 'layer' | 'bytes' | 'pushedAt' | 'platforms'>;

/** A manifest, or an index of several. */
export interface StoredManifest {
  readonly digest: string;
  readonly mediaType: string;
  readonly text: string;
}

export interface ImageContent {
  /** The one that the tag names comes first. */
  readonly manifests: readonly StoredManifest[];
  /** Configurations by digest. */
  readonly configs: ReadonlyMap<string, string>;
}

const DOCKER_MANIFEST = 'application/vnd.docker.distribution.manifest.v2+json';
const DOCKER_CONFIG = 'application/vnd.docker.container.image.v1+json';
const DOCKER_LAYER = 'application/vnd.docker.image.rootfs.diff.tar.gzip';
const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const OCI_CONFIG = 'application/vnd.oci.image.config.v1+json';
const OCI_LAYER = 'application/vnd.oci.image.layer.v1.tar+gzip';
const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';

/**
 * An image as it lies in the registry, each part under its true digest: Docker's manifest and configuration for one
 * platform, an OCI index for several (https://github.com/opencontainers/image-spec).
 */
export function imageContent(source: ImageSource): ImageContent {
  const [only = 'amd64', ...others] = source.platforms;
  if (others.length === 0) {
    const { manifest, config } = platformImage(source, only, DOCKER_MANIFEST, DOCKER_CONFIG, DOCKER_LAYER);
    return { manifests: [manifest], configs: new Map([[config.digest, config.text]]) };
  }
  const images = source.platforms.map((architecture) => ({
    architecture,
    ...platformImage(source, architecture, OCI_MANIFEST, OCI_CONFIG, OCI_LAYER),
  }));
  const index = stored(OCI_INDEX, {
    schemaVersion: 2,
    mediaType: OCI_INDEX,
    manifests: images.map(({ manifest, architecture }) => ({
      ...descriptor(manifest),
      platform: { architecture, os: 'linux' },
    })),
  });
  return {
    manifests: [index, ...images.map(({ manifest }) => manifest)],
    configs: new Map(images.map(({ config }) => [config.digest, config.text])),
  };
}

function platformImage(
  { labels, layer, bytes, pushedAt }: ImageSource,
  architecture: string,
  manifestType: string,
  configType: string,
  layerType: string,
): { readonly manifest: StoredManifest; readonly config: StoredManifest } {
  const config = stored(configType, {
    architecture,
    os: 'linux',
    created: rfc3339(pushedAt),
    config: { Cmd: ['/srv/run'], Labels: labels },
    rootfs: { type: 'layers', diff_ids: [layer] },
    history: [{ created: rfc3339(pushedAt), created_by: 'COPY . /srv' }],
  });
  const manifest = stored(manifestType, {
    schemaVersion: 2,
    mediaType: manifestType,
    config: descriptor(config),
    layers: [{ mediaType: layerType, size: bytes, digest: layer }],
  });
  return { manifest, config };
}

function stored(mediaType: string, content: object): StoredManifest {
  const text = JSON.stringify(content);
  return { digest: `sha256:${createHash('sha256').update(text).digest('hex')}`, mediaType, text };
}

function descriptor({ mediaType, digest, text }: StoredManifest): object {
  return { mediaType, size: text.length, digest };
}
