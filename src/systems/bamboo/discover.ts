import * as z from 'zod';
import { environmentNamed } from '../../insight/match-names.ts';
import { type Discovery, NOTHING_FOUND } from '../../model/ports/discovery.ts';
import { type SafeText, safeText } from '../../model/safe-text.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { inParallel } from '../parallel.ts';
import { BambooClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import * as wire from './wire.ts';

const AT_ONCE = 3;
/** Projects whose newest release is looked at for how releases are called, a request each. */
const MOST_LOOKED_AT = 100;

const projects = z.array(wire.project);

/** Deployment projects, how each calls its releases, and what Bamboo calls our environments. */
export function openDiscovery(deps: AdapterDeps): Discovery {
  const client = new BambooClient(deps);
  const ours = Object.keys(deps.loaded.config.environments);
  return {
    system: SYSTEM,
    async discover(signal) {
      const all = await client.get('deployment projects', projects, 'deploy/project/all', signal);
      const looked = all.slice(0, MOST_LOOKED_AT);
      const things = await inParallel(looked, AT_ONCE, async ({ id, name }) => {
        const release = await releasePattern(client, id, signal);
        return {
          system: SYSTEM,
          kind: 'deployment project',
          name,
          service: servedBy(name),
          environment: null,
          squad: null,
          isService: false,
          keys: { bamboo: { project: name, ...(release === null ? {} : { release }) } },
        };
      });
      const theirs = all.flatMap(({ environments }) => environments.map((each) => each.name));
      const pairs = theirs.flatMap((name) => {
        const own = environmentNamed(name, ours);
        return own === null || own === name ? [] : [[own, name] as const];
      });
      const left = all.length - looked.length;
      return {
        ...NOTHING_FOUND,
        things,
        environmentNames: Object.fromEntries(pairs),
        gaps: left === 0 ? [] : [`${left} more deployment projects were not looked at.`],
      };
    },
  };
}

/** `login` of `Deploy login`, and of `Deployment for login`, as Bamboo itself suggests. */
function servedBy(name: string): SafeText | null {
  const service = /^deploy(?:ment)?(?:\s+(?:for|of))?\s+(\S.*)$/i.exec(name)?.[1];
  return service === undefined ? null : safeText(service);
}

/** `release-{version}` after the newest release `release-1.0.283`; null: there is none, or no version in its name. */
async function releasePattern(
  client: BambooClient,
  project: number,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const path = `deploy/project/${project}/versions?max-result=1`;
  const { versions } = await client.get('releases', wire.versions, path, signal);
  const name = versions[0]?.name;
  if (name === undefined || !/\d+(\.\d+)+/.test(name)) return null;
  const pattern = name.replace(/\d+(\.\d+)+/, '{version}');
  return pattern === '{version}' ? null : pattern;
}
