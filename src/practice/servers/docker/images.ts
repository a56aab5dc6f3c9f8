import type { PracticeContainer } from '../../world/state.ts';
import type { Engine } from './engine.ts';
import { EngineFailure } from './failure.ts';

interface LocalImage {
  readonly reference: string;
  readonly digest: string;
  readonly bytes: number;
  readonly createdAt: number;
  readonly containers: number;
}

/** GET /images/json: what the instance's containers were made from. */
export function listImages(engine: Engine): unknown[] {
  return localImages(engine).map((image) => ({
    Id: image.digest,
    ParentId: '',
    RepoTags: [image.reference],
    RepoDigests: [`${repository(image.reference)}@${image.digest}`],
    Created: Math.floor(image.createdAt / 1000),
    Size: image.bytes,
    SharedSize: -1,
    Labels: null,
    Containers: image.containers,
  }));
}

/** GET /images/{name}/json: by reference, digest, or its beginning. */
export function inspectImage(engine: Engine, name: string): unknown {
  const image = localImages(engine).find(
    ({ reference, digest }) =>
      reference === name ||
      digest === name ||
      `${repository(reference)}@${digest}` === name ||
      (/^[0-9a-f]{6,}$/.test(name) && digest.startsWith(`sha256:${name}`)),
  );
  if (image === undefined) throw new EngineFailure(404, `No such image: ${name}`);
  return {
    Id: image.digest,
    RepoTags: [image.reference],
    RepoDigests: [`${repository(image.reference)}@${image.digest}`],
    Created: new Date(image.createdAt).toISOString(),
    Architecture: 'amd64',
    Os: 'linux',
    Size: image.bytes,
    Config: { Labels: { 'org.opencontainers.image.version': tag(image.reference) } },
    Metadata: { LastTagTime: new Date(image.createdAt).toISOString() },
  };
}

function localImages(engine: Engine): LocalImage[] {
  const images = new Map<string, LocalImage>();
  for (const container of engine.containers) {
    const known = images.get(container.image);
    images.set(container.image, { ...describe(engine, container), containers: (known?.containers ?? 0) + 1 });
  }
  return [...images.values()];
}

function describe(engine: Engine, container: PracticeContainer): Omit<LocalImage, 'containers'> {
  const pushed = engine.world.state.images.find(
    (image) =>
      image.tag === tag(container.image) && repository(container.image).endsWith(`/${image.repository}`),
  );
  return {
    reference: container.image,
    digest: container.imageDigest,
    bytes: pushed?.bytes ?? 48_000_000,
    createdAt: pushed?.pushedAt ?? container.createdAt,
  };
}

function repository(reference: string): string {
  return reference.slice(0, reference.lastIndexOf(':'));
}

function tag(reference: string): string {
  return reference.slice(reference.lastIndexOf(':') + 1);
}
