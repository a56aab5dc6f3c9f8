import type { Config } from '../../config/schema.ts';
import type { SettingsOf } from '../http/settings.ts';

export type PipelineKeys = NonNullable<Config['services'][string]['buildkite']>;

/** A service's pipeline, seen from one environment. */
export interface Place {
  readonly service: string;
  /** As the config names it. */
  readonly environment: string;
  /** As the pipeline names it. */
  readonly theirs: string;
  readonly keys: PipelineKeys;
}

/** null: the service has no pipeline in Buildkite. */
export function placeOf(
  config: Config,
  settings: Pick<SettingsOf<'buildkite'>, 'environments'>,
  service: string,
  environment: string,
): Place | null {
  const keys = config.services[service]?.buildkite;
  if (keys === undefined) return null;
  return { service, environment, theirs: settings.environments[environment] ?? environment, keys };
}

/** Of every service that has this pipeline, in every environment. */
export function placesOf(
  config: Config,
  settings: SettingsOf<'buildkite'>,
  pipeline: string,
): readonly Place[] {
  return Object.entries(config.services).flatMap(([service, { buildkite }]) =>
    buildkite?.pipeline !== pipeline
      ? []
      : Object.keys(config.environments).flatMap(
          (environment) => placeOf(config, settings, service, environment) ?? [],
        ),
  );
}

/** A text of the config with its placeholders filled in; what is not known stays as it is. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

export function filledEach(
  texts: Readonly<Record<string, string>>,
  values: Readonly<Record<string, string>>,
): Record<string, string> {
  return Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, filled(text, values)]));
}
