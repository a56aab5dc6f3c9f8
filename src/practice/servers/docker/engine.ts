import { createHash } from 'node:crypto';
import { SECOND } from '../../../model/instant.ts';
import type { PracticeContainer, PracticeInstance } from '../../world/state.ts';
import type { World } from '../../world/world.ts';

/** Docker Engine API versions, as https://docs.docker.com/reference/api/engine/ lists them for this release. */
export const ENGINE_VERSION = '28.5.2';
export const API_VERSION = '1.51';
export const MIN_API_VERSION = '1.24';

/** The instance's own Docker Engine, as its API tells of it. */
export interface Engine {
  readonly world: World;
  readonly instance: PracticeInstance;
  readonly containers: readonly PracticeContainer[];
}

/** null: the instance is gone. */
export function engineOf(world: World, id: string | null): Engine | null {
  const instance = world.state.instances.find((one) => one.id === id);
  if (instance === undefined) return null;
  return {
    world,
    instance,
    containers: world.state.containers.filter((one) => one.instance === instance.id),
  };
}

/** By whole id, its beginning, or name. */
export function findContainer(engine: Engine, reference: string): PracticeContainer | null {
  const name = reference.replace(/^\//, '');
  const byName = engine.containers.find((one) => one.name === name || one.id === name);
  if (byName !== undefined) return byName;
  const [only, another] = engine.containers.filter((one) => name.length >= 4 && one.id.startsWith(name));
  return only !== undefined && another === undefined ? only : null;
}

/** Running in Docker's sense: paused and restarting ones too. */
export function isUp(container: PracticeContainer): boolean {
  return ['running', 'paused', 'restarting'].includes(container.state);
}

export function labelsOf(engine: Engine, container: PracticeContainer): Record<string, string> {
  const { service = '', environment = '', version = '' } = engine.instance.tags;
  const own = container.name === service;
  return {
    'example.harbour.service': service,
    'example.harbour.environment': environment,
    'example.harbour.role': own ? 'service' : container.name,
    ...(own
      ? { 'org.opencontainers.image.version': version, 'org.opencontainers.image.title': service }
      : {}),
  };
}

/** What `docker ps` says in its STATUS column. */
export function statusText(container: PracticeContainer, now: number): string {
  const since = humanDuration(now - container.startedAt);
  switch (container.state) {
    case 'running':
      return `Up ${since}${healthText(container)}`;
    case 'paused':
      return `Up ${since} (Paused)`;
    case 'restarting':
      return `Restarting (${container.exitCode}) ${since} ago`;
    case 'exited':
      return `Exited (${container.exitCode}) ${since} ago`;
    case 'created':
      return 'Created';
    case 'removing':
      return 'Removal In Progress';
    case 'dead':
      return 'Dead';
  }
}

/** Process ids look real and stay the same. */
export function pidOf(container: PracticeContainer): number {
  return isUp(container) && container.state !== 'restarting'
    ? 1000 + (fingerprint(container.id) % 30_000)
    : 0;
}

/** A number that is always the same for a text. */
export function fingerprint(text: string): number {
  return createHash('sha256').update(text).digest().readUInt32BE(0);
}

function healthText(container: PracticeContainer): string {
  if (container.health === null) return '';
  return container.health === 'starting' ? ' (health: starting)' : ` (${container.health})`;
}

/** As Docker's go-units HumanDuration. */
function humanDuration(milliseconds: number): string {
  const seconds = Math.max(0, Math.floor(milliseconds / SECOND));
  const minutes = Math.floor(seconds / 60);
  const hours = Math.round(seconds / 3600);
  if (seconds < 1) return 'Less than a second';
  if (seconds === 1) return '1 second';
  if (seconds < 60) return `${seconds} seconds`;
  if (minutes === 1) return 'About a minute';
  if (minutes < 60) return `${minutes} minutes`;
  if (hours === 1) return 'About an hour';
  if (hours < 48) return `${hours} hours`;
  if (hours < 24 * 14) return `${Math.floor(hours / 24)} days`;
  return `${Math.floor(hours / 24 / 7)} weeks`;
}
