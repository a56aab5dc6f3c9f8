import type { LoadedConfig } from '../../config/types.ts';
import type { Releases } from '../../model/ports/index.ts';
import type { AdapterDeps } from '../http/transport.ts';

export interface ReleaseSource {
  /** As the transport knows it. */
  readonly system: string;
  isConfigured(loaded: LoadedConfig): boolean;
  open(deps: AdapterDeps): Promise<Releases>;
}

/**
 * Who tells of deploys, the leading one first: lazily imported. One has no deploys of a service that it does not know.
 * The page of the last that tells of a deploy is shown: pipelines stand behind what only records them.
 */
export const RELEASE_SOURCES: readonly ReleaseSource[] = [
  {
    system: 'aws',
    isConfigured: ({ config }) => Object.values(config.environments).some(({ aws }) => aws !== undefined),
    open: async (deps) => (await import('../aws/releases.ts')).openStackReleases(deps),
  },
  {
    system: 'github',
    isConfigured: ({ config }) => config.systems.github?.deployments === true,
    open: async (deps) => (await import('../github/releases.ts')).openDeployments(deps),
  },
  {
    system: 'bamboo',
    isConfigured: ({ config }) => config.systems.bamboo !== undefined,
    open: async (deps) => (await import('../bamboo/releases.ts')).openResults(deps),
  },
  {
    system: 'jenkins',
    isConfigured: ({ config }) => config.systems.jenkins !== undefined,
    open: async (deps) => (await import('../jenkins/releases.ts')).openJenkinsReleases(deps),
  },
  {
    system: 'buildkite',
    isConfigured: ({ config }) => config.systems.buildkite !== undefined,
    open: async (deps) => (await import('../buildkite/releases.ts')).openReleases(deps),
  },
];

/** Those that are configured, the leading one first. */
export function releaseSystems(loaded: LoadedConfig): readonly string[] {
  return RELEASE_SOURCES.filter((source) => source.isConfigured(loaded)).map(({ system }) => system);
}
