import type { Service } from '../model/catalog.ts';
import type { Container } from '../model/fleet.ts';
import { ownText, type SafeText } from '../model/safe-text.ts';

const NOT_RUNNING: ReadonlySet<string> = new Set(['created', 'exited', 'dead', 'removing']);

/** Versions of the service's own containers that run on an instance; its helpers (nginx, log router) do not count. */
export function runningVersions(
  service: Pick<Service, 'name' | 'image'>,
  containers: readonly Container[],
): readonly SafeText[] {
  const versions = containers
    .filter((container) => !NOT_RUNNING.has(container.state) && isOf(service, container))
    .map((container) => imageTag(container.image));
  return [...new Set(versions.filter((version) => version !== null))];
}

/** The service's own container among those of an instance. */
export function isOf(service: Pick<Service, 'name' | 'image'>, container: Container): boolean {
  if (container.name === service.name) return true;
  const wanted = service.image;
  if (wanted === null) return false;
  const repository = repositoryOf(container.image);
  return repository === wanted || repository.endsWith(`/${wanted}`);
}

/** The tag of `registry:5000/name:tag@sha256:…`; null when there is none. */
export function imageTag(image: string): SafeText | null {
  const [name = ''] = image.split('@');
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? ownText(name.slice(colon + 1)) : null;
}

function repositoryOf(image: string): string {
  const [name = ''] = image.split('@');
  const colon = name.lastIndexOf(':');
  return colon > name.lastIndexOf('/') ? name.slice(0, colon) : name;
}
