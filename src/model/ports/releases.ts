import type { Service } from '../catalog.ts';
import type { Deploy, Image } from '../deploy.ts';

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
}
