import type { Service } from '../catalog.ts';
import type { Changes } from '../changes.ts';

/** Where the source of a service is kept, with its versions. */
export interface Compare {
  /**
   * What the version `to` has that `from` lacks. Throws a `Failure`: `not_configured` where the service names no
   * repository, `not_found` where that does not know one of the versions.
   */
  changes(service: Service, from: string, to: string, signal?: AbortSignal): Promise<Changes>;
}
