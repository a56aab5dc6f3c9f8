import type { LoadedConfig } from '../config/types.ts';
import type { Notifier } from '../model/ports/notifier.ts';
import type { AdapterDeps } from './http/transport.ts';

interface Row {
  isConfigured(loaded: LoadedConfig): boolean;
  open(deps: AdapterDeps): Promise<Notifier>;
}

/** Who can tell others of a change: lazily imported. */
const TABLE: readonly Row[] = [
  {
    isConfigured: ({ config }) =>
      config.systems.pagerduty !== undefined &&
      Object.values(config.services).some((service) => service.change_events_key !== undefined),
    open: async (deps) => (await import('./pagerduty/change-events.ts')).openChangeEvents(deps),
  },
  {
    isConfigured: ({ config }) => config.systems.slack !== undefined,
    open: async (deps) => (await import('./slack/notifier.ts')).openSlack(deps),
  },
  {
    isConfigured: ({ config }) =>
      config.systems.newrelic !== undefined &&
      Object.values(config.services).some((service) => service.newrelic_entity !== undefined),
    open: async (deps) => (await import('./newrelic/change-record.ts')).openChangeRecord(deps),
  },
  {
    isConfigured: ({ config }) => config.systems.leankit !== undefined,
    open: async (deps) => (await import('./leankit/card-comment.ts')).openCardComment(deps),
  },
];

export function openNotifiers(deps: AdapterDeps): Promise<readonly Notifier[]> {
  return Promise.all(TABLE.filter((row) => row.isConfigured(deps.loaded)).map((row) => row.open(deps)));
}
