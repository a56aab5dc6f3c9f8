import type { Service } from '../../model/catalog.ts';
import type { Image } from '../../model/deploy.ts';
import { Failure } from '../../model/failure.ts';
import type { Images } from '../../model/ports/index.ts';
import { safeText } from '../../model/safe-text.ts';
import type { AdapterDeps } from '../http/transport.ts';
import type { Configuration } from '../images/configuration.ts';
import { TAG } from '../images/tag.ts';
import { inParallel } from '../parallel.ts';
import { Content } from './content.ts';
import { SYSTEM } from './failure.ts';
import { openClient } from './open-client.ts';
import { likelyNewest, listTags } from './tags.ts';

const WIDTH = 6;
/** Looked at although fewer are asked for: which ones are the newest is known only afterwards. */
const LOOKED_AT = 30;
/** https://github.com/opencontainers/distribution-spec/blob/main/spec.md (pulling manifests) */
const REPOSITORY = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;

/**
 * A service's images in any Docker Registry v2. It knows no times of pushes: when an image was built stands for it,
 * which two requests for each image tell; so of many tags those with the highest versions are looked at.
 */
export function openImages(deps: AdapterDeps): Images {
  const client = openClient(deps);
  const content = new Content(client);

  async function image(repository: string, tag: string, signal?: AbortSignal): Promise<Image | null> {
    const digest = await content.digest(repository, tag, signal);
    if (digest === null) return null;
    const built = await orNull(content.configuration(repository, digest, signal));
    return {
      version: safeText(tag, { maxLength: 128 }),
      digest: safeText(digest, { maxLength: 256 }),
      pushedAt: built?.createdAt ?? null,
    };
  }

  return {
    async images(service, _environment, limit, signal) {
      const repository = repositoryOf(service);
      const tags = likelyNewest(await listTags(client, repository, signal));
      const looked = tags.slice(0, Math.max(limit, LOOKED_AT));
      const found = await inParallel(looked, WIDTH, (tag) => image(repository, tag, signal));
      return found
        .filter((each) => each !== null)
        .sort((one, other) => (other.pushedAt ?? 0) - (one.pushedAt ?? 0))
        .slice(0, limit);
    },

    async image(service, _environment, version, signal) {
      return TAG.test(version) ? image(repositoryOf(service), version, signal) : null;
    },

    async labels(service, _environment, versions, signal) {
      const repository = repositoryOf(service);
      const tags = [...new Set(versions)].filter((version) => TAG.test(version));
      const read = await inParallel(tags, WIDTH, async (tag) => {
        const digest = await content.digest(repository, tag, signal);
        if (digest === null) return null;
        return [tag, (await content.configuration(repository, digest, signal)).labels] as const;
      });
      return new Map(read.filter((each) => each !== null));
    },
  };
}

/** That an image exists is worth more than its age: a storage that does not answer hides no image. */
async function orNull(reading: Promise<Configuration>): Promise<Configuration | null> {
  try {
    return await reading;
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code !== 'aborted') return null;
    throw thrown;
  }
}

function repositoryOf(service: Service): string {
  if (service.image !== null && REPOSITORY.test(service.image)) return service.image;
  const why =
    service.image === null
      ? `The image of ${service.name} is not known: set services.${service.name}.image.`
      : `'${service.image}' is no repository: write services.${service.name}.image as team/name, without host and tag.`;
  throw new Failure(SYSTEM, 'not_configured', why);
}
