import type { Service } from '../catalog.ts';
import type { Container, Group, Instance, InstanceHealth, ScalingHistory } from '../fleet.ts';
import type { Instant } from '../instant.ts';

export interface Fleet {
  /** Groups of all given services in one environment, in as few calls as the API allows. */
  groups(environment: string, services: readonly Service[], signal?: AbortSignal): Promise<readonly Group[]>;
  /** Every instance of those services, and nothing but its place and health: as few calls as `groups`, and lighter ones. */
  health(
    environment: string,
    services: readonly Service[],
    signal?: AbortSignal,
  ): Promise<readonly InstanceHealth[]>;
  /**
   * The same groups with what stands in front of their instances thinks of them. That it cannot be read is told in
   * each group's `front`; only an abort throws.
   */
  traffic(environment: string, groups: readonly Group[], signal?: AbortSignal): Promise<readonly Group[]>;
  /** Instances that came and went in the groups of those names since then; groups that are gone tell too. */
  activities(
    environment: string,
    groups: readonly string[],
    since: Instant,
    signal?: AbortSignal,
  ): Promise<ScalingHistory>;
}

export interface Containers {
  containers(environment: string, instance: Instance, signal?: AbortSignal): Promise<readonly Container[]>;
  /** Ends connections that were opened on the way (SSH masters and forwards). */
  close(): Promise<void>;
}
