import type { LoadedConfig } from '../../../src/config/types.ts';

/** The same configuration without Live Tail: FilterLogEvents alone. */
export function polled(loaded: LoadedConfig): LoadedConfig {
  const environments = Object.fromEntries(
    Object.entries(loaded.config.environments).map(([name, { aws, ...others }]) => [
      name,
      aws === undefined ? others : { ...others, aws: { ...aws, live_tail: false } },
    ]),
  );
  return { ...loaded, config: { ...loaded.config, environments } };
}
