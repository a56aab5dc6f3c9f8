import type { LoadedConfig } from '../config/types.ts';
import { Failure, toFailure } from '../model/failure.ts';
import type { Pipeline } from '../model/ports/index.ts';
import type { AdapterDeps } from './http/transport.ts';

interface Row {
  /** As `Pipeline.system`. */
  readonly system: string;
  /** The config key that says where it is. */
  readonly key: string;
  isConfigured(loaded: LoadedConfig): boolean;
  open(deps: AdapterDeps): Promise<Pipeline>;
}

/** What builds and deploys: lazily imported. */
const TABLE: readonly Row[] = [
  {
    system: 'bamboo',
    key: 'systems.bamboo',
    isConfigured: ({ config }) => config.systems.bamboo !== undefined,
    open: async (deps) => (await import('./bamboo/pipeline.ts')).openPipeline(deps),
  },
  {
    system: 'command',
    key: 'services.<name>.deploy_command',
    isConfigured: ({ config }) =>
      Object.values(config.services).some((service) => service.deploy_command !== undefined),
    open: async (deps) => (await import('./command/pipeline.ts')).openCommand(deps),
  },
  {
    system: 'buildkite',
    key: 'systems.buildkite',
    isConfigured: ({ config }) => config.systems.buildkite !== undefined,
    open: async (deps) => (await import('./buildkite/pipeline.ts')).openPipeline(deps),
  },
  {
    system: 'jenkins',
    key: 'systems.jenkins',
    isConfigured: ({ config }) => config.systems.jenkins !== undefined,
    open: async (deps) => (await import('./jenkins/pipeline.ts')).openJenkinsPipeline(deps),
  },
];

/** Opens each of them on its first use. Rejects with a `Failure` for one that is not configured. */
export function openPipelines(deps: AdapterDeps): (system: string) => Promise<Pipeline> {
  const opened = new Map<string, Promise<Pipeline>>();
  return (system) => {
    const opening = opened.get(system) ?? open(system, deps);
    opened.set(system, opening);
    return opening;
  };
}

async function open(system: string, deps: AdapterDeps): Promise<Pipeline> {
  const row = TABLE.find((each) => each.system === system);
  if (row?.isConfigured(deps.loaded) !== true) {
    const key = row?.key ?? `systems.${system}`;
    throw new Failure(
      system,
      'not_configured',
      `${system} is not configured: ${key} is missing in ${deps.loaded.file}.`,
    );
  }
  return row.open(deps).catch((thrown: unknown) => {
    throw toFailure(system, thrown);
  });
}
