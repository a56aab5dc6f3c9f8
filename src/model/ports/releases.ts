import type { Service } from '../catalog.ts';
import type { Deploy, Image, ImageLabels } from '../deploy.ts';

export interface Releases {
  /** Newest first, as far back as the system remembers, at most `limit`. */
  deploys(
    service: Service,
    environment: string,
    limit: number,
    signal?: AbortSignal,
  ): Promise<readonly Deploy[]>;
}

export interface Images {
  /** Newest first where the registry knows times. */
  images(
    service: Service,
    environment: string,
    limit: number,
    signal?: AbortSignal,
  ): Promise<readonly Image[]>;
  /** null: that version does not exist. */
  image(service: Service, environment: string, version: string, signal?: AbortSignal): Promise<Image | null>;
  /**
   * Labels of the images of several versions, by version, in as few requests as the registry allows; a version that
   * does not exist is missing. Of an image for several platforms, those for linux on amd64, else for the first.
   */
  labels(
    service: Service,
    environment: string,
    versions: readonly string[],
    signal?: AbortSignal,
  ): Promise<ReadonlyMap<string, ImageLabels>>;
}
