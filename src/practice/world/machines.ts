/** How a launch template, a group, an instance and its containers look when they are made; used for the past and for every update. */
import type {
  Instant,
  PracticeContainer,
  PracticeGroup,
  PracticeImage,
  PracticeInstance,
  PracticeLaunchTemplate,
  PracticeService,
  WorldState,
} from './state.ts';
import type { Random } from './world.ts';

export type EnvironmentName = 'prod' | 'test';

/** What one deploy puts on machines. */
export interface Release {
  readonly service: PracticeService;
  readonly environment: EnvironmentName;
  readonly version: string;
  readonly who: string;
  readonly build: number;
}

/** Containers of every instance beside the service's own, with the version of their images. */
export const SIDECARS = [
  ['nginx', '1.29.3'],
  ['metrics', '4.11.0'],
  ['log-router', '2.7.1'],
  ['splunk-forwarder', '10.0.2'],
] as const;

export const ZONES = ['eu-west-1a', 'eu-west-1b', 'eu-west-1c'] as const;

/** As docker names it. */
function imageOf(
  { account, region }: Pick<WorldState, 'account' | 'region'>,
  { registry, repository }: Pick<PracticeService, 'registry' | 'repository'>,
  tag: string,
): string {
  return `${registry ?? `${account}.dkr.ecr.${region}.amazonaws.com`}/${repository}:${tag}`;
}

/** Tags of groups and instances: what runs, who put it there, from which build. */
export function releaseTags(release: Release): Record<string, string> {
  return {
    service: release.service.name,
    environment: release.environment,
    version: release.version,
    'deployed-by': release.who,
    build: String(release.build),
  };
}

/** The boot script, base64 as EC2 carries user data; `IMAGE=` names what boots next. */
export function userDataOf(state: Pick<WorldState, 'account' | 'region'>, release: Release): string {
  const script = [
    '#!/bin/bash',
    `IMAGE=${imageOf(state, release.service, release.version)}`,
    `SERVICE=${release.service.name}`,
    `ENVIRONMENT=${release.environment}`,
    '/opt/tribe/boot.sh "$SERVICE" "$ENVIRONMENT" "$IMAGE"',
    '',
  ].join('\n');
  return Buffer.from(script).toString('base64');
}

/** `mailer` is older than the others and still uses a launch configuration. */
export function usesLaunchConfiguration(service: string): boolean {
  return service === 'mailer';
}

export function makeLaunchTemplate(
  state: Pick<WorldState, 'account' | 'region'>,
  random: Random,
  release: Release,
  at: Instant,
): PracticeLaunchTemplate {
  const stack = release.service.stacks[release.environment];
  const name = `${stack}-${release.version.replaceAll('.', '-')}-${random.hex(6)}`;
  const id = usesLaunchConfiguration(release.service.name) ? name : `lt-0${random.hex(16)}`;
  return { id, name, userData: userDataOf(state, release), version: release.version, createdAt: at };
}

export function makeGroup(
  random: Random,
  release: Release,
  launchTemplate: PracticeLaunchTemplate,
  desired: number,
  at: Instant,
): PracticeGroup {
  const stack = release.service.stacks[release.environment];
  return {
    name: `${stack}-${release.version.replaceAll('.', '-')}-${random.hex(6)}`,
    service: release.service.name,
    environment: release.environment,
    launchTemplate: launchTemplate.id,
    createdAt: at,
    desired,
    min: 1,
    max: Math.max(desired * 2, 4),
    suspendedProcesses: [],
    tags: releaseTags(release),
  };
}

export function makeInstance(
  random: Random,
  group: PracticeGroup,
  index: number,
  at: Instant,
  lifecycle: string,
): PracticeInstance {
  const zone = index % ZONES.length;
  return {
    id: `i-0${random.hex(16)}`,
    group: group.name,
    zone: ZONES[zone] ?? ZONES[0],
    address: `10.${group.environment === 'prod' ? 20 : 40}.${zone * 16 + random.integer(0, 15)}.${random.integer(4, 250)}`,
    launchedAt: at,
    lifecycle,
    health: 'Healthy',
    cutOff: null,
    tags: { ...group.tags },
  };
}

/** The five containers of an instance as they start; the service's image must exist in `images`. */
export function makeContainers(
  state: Pick<WorldState, 'account' | 'region'> & { readonly images: readonly PracticeImage[] },
  random: Random,
  release: Release,
  instance: PracticeInstance,
  at: Instant,
): PracticeContainer[] {
  const { service, version } = release;
  const digest = state.images.find(
    (image) => image.repository === service.repository && image.tag === version,
  )?.digest;
  const make = (name: string, image: string, imageDigest: string, health: PracticeContainer['health']) => ({
    id: random.hex(64),
    instance: instance.id,
    name,
    image,
    imageDigest,
    createdAt: at,
    startedAt: at,
    state: 'running' as const,
    health,
    restarts: 0,
    exitCode: 0,
    outOfMemory: false,
  });
  const sidecars = SIDECARS.map(([name, tag]) =>
    make(
      name,
      imageOf(state, { registry: null, repository: `tribe/${name}` }, tag),
      sidecarDigest(name),
      name === 'nginx' ? 'healthy' : null,
    ),
  );
  const own = make(
    service.name,
    imageOf(state, service, version),
    digest ?? `sha256:${random.hex(64)}`,
    'healthy',
  );
  return [...sidecars.slice(0, 2), own, ...sidecars.slice(2)];
}

function sidecarDigest(name: string): string {
  return `sha256:${Buffer.from(name.repeat(32)).toString('hex').slice(0, 64)}`;
}
