import type { Catalog } from '../model/catalog.ts';
import { localNow, SECOND } from '../model/instant.ts';
import type { Systems } from '../model/ports/index.ts';
import type { Shelf } from './shelf.ts';
import type { DeploysReading, Snapshot, SnapshotStore } from './snapshot.ts';
import type { Watch } from './types.ts';

const EVERY_MS = 30 * SECOND;

/** Writes what is known whenever the incidents change, at most every 30 s, and once more at the end. */
export function keepSnapshot(
  store: SnapshotStore,
  watch: Watch,
  systems: Systems,
  catalog: Catalog,
  shelf: Shelf,
): { stop(): Promise<void> } {
  let last = Number.NEGATIVE_INFINITY;
  let writing: Promise<void> = Promise.resolve();
  const write = () => {
    const incidents = watch.incidents().get();
    if (incidents.value === null) return;
    last = localNow();
    const snapshot: Snapshot = {
      practice: catalog.practice,
      incidents,
      onCall: watch.onCall().get(),
      me: watch.me().get().value,
      deploys: knownDeploys(watch, catalog, shelf),
      systems: systems.health(),
    };
    writing = writing.then(() => store.write(snapshot));
  };
  const changed = () => {
    if (localNow() - last >= EVERY_MS) write();
  };
  const unlisten = watch.incidents().subscribe(changed);
  return {
    async stop() {
      unlisten();
      write();
      await writing;
    },
  };
}

function knownDeploys(watch: Watch, catalog: Catalog, shelf: Shelf): readonly DeploysReading[] {
  const known = new Set(shelf.keys());
  return catalog.services.flatMap((service) =>
    Object.keys(service.in).flatMap((environment) => {
      if (!known.has(`deploys ${service.name} ${environment}`)) return [];
      const reading = watch.deploys(service.name, environment).get();
      return reading.value === null ? [] : [{ service: service.name, environment, reading }];
    }),
  );
}
