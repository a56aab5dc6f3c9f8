import { Failure } from '../../model/failure.ts';
import type { Probe, Trouble } from '../../model/ports/probe.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { inParallel } from '../parallel.ts';
import { BambooClient } from './client.ts';
import { Directory, namedIn } from './directory.ts';
import { SYSTEM } from './failure.ts';
import * as wire from './wire.ts';

const AT_ONCE = 3;
/** A request each. */
const MOST_SERVICES = 50;

/** Whose token it is, whether every service's project and environments are there, and whether it may deploy where it has to. */
export function openProbe(deps: AdapterDeps): Probe {
  const client = new BambooClient(deps);
  const directory = new Directory(client);
  const { config, catalog } = deps.loaded;
  const places = catalog.services
    .filter(({ name }) => config.services[name]?.bamboo !== undefined)
    .slice(0, MOST_SERVICES)
    .flatMap((service) => Object.keys(service.in).map((environment) => ({ service, environment })));
  return {
    system: SYSTEM,
    async check(signal) {
      const me = await client.get('a user', wire.user, 'currentUser', signal);
      const looked = await inParallel(places, AT_ONCE, async ({ service, environment }) => {
        const named = namedIn(deps, service, environment);
        if (named === null) return {};
        try {
          const { project, environment: found } = await directory.target(named);
          const refused = service.deployWith === 'bamboo' && found.operations?.allowedToExecute === false;
          return refused ? { missing: `Deploy on ${project.name}, ${found.name}` } : {};
        } catch (thrown) {
          if (!(thrown instanceof Failure) || thrown.code !== 'not_found') throw thrown;
          return { unknown: thrown.text };
        }
      });
      const [first, ...more] = [...new Set(looked.flatMap(({ unknown }) => unknown ?? []))];
      return {
        identity: me.name,
        missing: [...new Set(looked.flatMap(({ missing }) => missing ?? []))],
        now: null,
        budget: null,
        trouble: places.length === 0 ? NONE : first === undefined ? null : troubleOf(first, more.length),
      };
    },
    cure: ({ code }) =>
      code === 'unauthorized'
        ? 'put a personal access token of Bamboo where systems.bamboo.token says'
        : null,
  };
}

const NONE: Trouble = {
  text: 'No service names its deployment project.',
  fix: 'set services.NAME.bamboo.project',
};

function troubleOf(first: string, more: number): Trouble {
  return {
    text: more === 0 ? first : `${first} ${more} more are not there.`,
    fix: 'check services.NAME.bamboo and systems.bamboo.environments, and that the token’s owner may view it',
  };
}
