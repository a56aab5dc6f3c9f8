import type { Probe } from '../../model/ports/probe.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { NerdGraph } from './client.ts';
import { SYSTEM } from './failure.ts';
import { ACCOUNT, accountData } from './wire.ts';

/** Whose key it is, and whether its user sees the account. */
export function openProbe(deps: AdapterDeps): Probe {
  const graph = new NerdGraph(deps);
  const { account } = graph;
  return {
    system: SYSTEM,
    async check(signal) {
      const identity = await graph.whoAmI(signal);
      const { actor } = await graph.query('an account', accountData, ACCOUNT, { account }, signal);
      const trouble = {
        text: `Its user does not see account ${account}.`,
        fix: 'check systems.newrelic.account and region, or let the user see it',
      };
      return {
        identity,
        missing: [],
        now: null,
        budget: null,
        trouble: actor.account === null ? trouble : null,
      };
    },
    cure: ({ code }) =>
      code === 'unauthorized'
        ? 'put a user key (NRAK-…) where systems.newrelic.token says, and check region'
        : null,
  };
}
