import type { Config } from '../../../config/schema.ts';
import { functionErrors, type Measurement, queueDepth } from './queries.ts';

/** A queue or a function of a service, as the configuration names it. */
export interface Bare {
  readonly what: 'queue' | 'function';
  readonly name: string;
  readonly service: string;
  readonly measurement: Measurement;
}

/** Queues and functions to ask for themselves: those that no alarm in `spoken` tells of. */
export function bareMeasurements(
  { services }: Config,
  environment: string,
  spoken: readonly string[],
): readonly Bare[] {
  const here = Object.entries(services).filter(([, settings]) => environment in settings.environments);
  const named = here.flatMap(([service, settings]) => [
    ...settings.dead_letter_queues.map((name) => ({ service, what: 'queue' as const, name })),
    ...settings.functions.map((name) => ({ service, what: 'function' as const, name })),
  ]);
  return named
    .map((each) => ({ ...each, name: each.name.replaceAll('{environment}', environment) }))
    .filter(({ name }) => !spoken.includes(name))
    .map((each, index) => ({
      ...each,
      measurement: (each.what === 'queue' ? queueDepth : functionErrors)(each.name, `b${index}`),
    }));
}
