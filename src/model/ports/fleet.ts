import type { Service } from '../catalog.ts';
import type { Container, Group, Instance } from '../fleet.ts';

export interface Fleet {
  /** Groups of all given services in one environment, in as few calls as the API allows. */
  groups(environment: string, services: readonly Service[], signal?: AbortSignal): Promise<readonly Group[]>;
}

export interface Containers {
  containers(environment: string, instance: Instance, signal?: AbortSignal): Promise<readonly Container[]>;
  /** Ends connections that were opened on the way (SSH masters and forwards). */
  close(): Promise<void>;
}
