import type { Probe } from '../../model/ports/probe.ts';
import { safeText } from '../../model/safe-text.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { openClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import { countAnswer } from './wire.ts';

/** Counts of what the user may see, by the option of cgi.cfg that lets it: without one they are 0, and no error. */
const COUNTS: readonly (readonly [option: string, query: string])[] = [
  ['authorized_for_all_hosts', 'hostcount'],
  ['authorized_for_all_services', 'servicecount'],
];

/** Whether the daemon lives, and what the user sees. What it may command is told by Nagios only when it is tried. */
export function openProbe(deps: AdapterDeps): Probe {
  const client = openClient(deps);
  return {
    system: SYSTEM,
    async check(signal) {
      const counts = await Promise.all(
        COUNTS.map(async ([option, query]) => {
          const { data, result } = await client.status(countAnswer, { query }, signal);
          return { option, result, sees: Object.values(data.count).some((count) => count > 0) };
        }),
      );
      const [first] = counts;
      return {
        identity: first?.result.user || safeText(client.username),
        missing: counts.filter(({ sees }) => !sees).map(({ option }) => option),
        now: first?.result.query_time ?? null,
        budget: null,
      };
    },
  };
}
