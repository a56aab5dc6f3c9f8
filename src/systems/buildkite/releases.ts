import type { Deploy } from '../../model/deploy.ts';
import { localNow } from '../../model/instant.ts';
import type { Releases } from '../../model/ports/index.ts';
import { settingsOf } from '../http/settings.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { BuildBoard } from './board.ts';
import { BuildkiteClient } from './client.ts';
import { deploysOf } from './deploys.ts';
import { SYSTEM } from './failure.ts';
import { BlockFields } from './fields.ts';
import { type Place, placeOf } from './place.ts';
import { guardOf, namesOf } from './steps.ts';
import type { Build } from './wire.ts';

/** Deploys as a service's pipeline made them, and the one that waits for somebody. */
export function openReleases(deps: AdapterDeps, now: () => number = localNow): Releases {
  const settings = settingsOf(deps, SYSTEM);
  const client = new BuildkiteClient(deps);
  const board = new BuildBoard(client, now);
  const fields = new BlockFields(client, now);

  async function withAsks(deploy: Deploy, builds: readonly Build[], place: Place): Promise<Deploy> {
    const build = builds.find(({ number }) => `#${number}` === deploy.reference);
    const guard = build === undefined ? null : guardOf(build, place);
    if (deploy.waiting === null || guard === null) return deploy;
    const asks = await fields.asks(place.keys.pipeline, namesOf(guard), place.keys.fields);
    return { ...deploy, waiting: { ...deploy.waiting, asks } };
  }

  return {
    async deploys(service, environment, limit, signal) {
      const place = placeOf(deps.loaded.config, settings, service.name, environment);
      if (place === null) return [];
      const builds = await board.of(place.keys.pipeline, place.keys.branch, signal);
      const deploys = deploysOf(builds, place).slice(0, limit);
      return Promise.all(deploys.map((deploy) => withAsks(deploy, builds, place)));
    },
  };
}
