import { afterEach } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import type { Config } from '../../../src/config/schema.ts';
import type { LoadedConfig } from '../../../src/config/types.ts';
import { findService, type Service } from '../../../src/model/catalog.ts';
import type { Systems } from '../../../src/model/ports/index.ts';
import type { FaultOrder } from '../../../src/practice/faults.ts';
import { startPractice } from '../../../src/practice/process.ts';
import type { World } from '../../../src/practice/world/world.ts';
import { openSystems } from '../../../src/systems/index.ts';

/** The whole practice world in this process, and the adapters opened from the config that it writes. */
export interface Practised {
  readonly world: World;
  readonly loaded: LoadedConfig;
  readonly systems: Systems;
  service(name: string): Service;
  /** The next `times` calls of that operation go wrong so. */
  fault(operation: string, fault: FaultOrder['fault'], more?: Partial<FaultOrder>): void;
  /** Operations that the system was asked, in order. */
  operations(system?: string): readonly string[];
}

const closers: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** Ends with the test. Time runs fast, so that what takes CloudFormation seconds is quick. */
export async function practised(change: (config: Config) => Config = (config) => config): Promise<Practised> {
  const practice = await startPractice({
    scenario: 'bad-deploy',
    seed: 1,
    speed: 20,
    tls: false,
    untilStdinCloses: false,
  });
  closers.push(practice.stop);
  const found = await loadConfig({ configFile: practice.line.config });
  const loaded = { ...found, config: change(found.config) };
  const systems = openSystems(loaded);
  closers.push(() => systems.close());
  return {
    world: practice.world,
    loaded,
    systems,
    service(name) {
      const service = findService(loaded.catalog, name);
      if (service === undefined) throw new Error(`no service ${name}`);
      return service;
    },
    fault(operation, fault, more = {}) {
      practice.host.faults.order({ system: 'aws', match: { operation }, fault, times: 1, ...more });
    },
    operations: (system = 'aws') =>
      practice.host.log
        .all()
        .filter((request) => request.system === system)
        .map(({ operation }) => operation),
  };
}
