import type { Service } from '../../model/catalog.ts';
import type { Images } from '../../model/ports/index.ts';
import type { AdapterDeps } from '../http/transport.ts';

/** Each service's images from where they are: the registry where the config says so, else ECR. */
export function openImages(deps: AdapterDeps): Images {
  const { services } = deps.loaded.config;
  const opened = new Map<string, Promise<Images>>();
  const of = ({ name }: Service): Promise<Images> => {
    const system = services[name]?.registry === true ? 'registry' : 'aws';
    const known = opened.get(system);
    if (known !== undefined) return known;
    const opening = open(system, deps);
    opened.set(system, opening);
    return opening;
  };
  return {
    images: async (service, environment, limit, signal) =>
      (await of(service)).images(service, environment, limit, signal),
    image: async (service, environment, version, signal) =>
      (await of(service)).image(service, environment, version, signal),
    labels: async (service, environment, versions, signal) =>
      (await of(service)).labels(service, environment, versions, signal),
  };
}

async function open(system: 'registry' | 'aws', deps: AdapterDeps): Promise<Images> {
  if (system === 'aws') return (await import('../aws/images.ts')).openImages(deps);
  return (await import('../registry/index.ts')).openImages(deps);
}
