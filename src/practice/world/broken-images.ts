import type { Scenario } from './scenario.ts';
import type { StackFaults } from './stacks.ts';

/** The scenario's images that never start, as the stack engine asks for them. */
export function brokenImages({ broken_images: broken }: Pick<Scenario, 'broken_images'>): StackFaults {
  const find = (service: string, version: string) =>
    broken.find((image) => image.service === service && image.version === version);
  return {
    failsAtStart: (service, version) => find(service, version) !== undefined,
    failsRollback: (service, version) => find(service, version)?.rollback_fails ?? false,
  };
}
