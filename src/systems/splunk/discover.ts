import * as z from 'zod';
import { environmentNamed } from '../../insight/match-names.ts';
import { MINUTE } from '../../model/instant.ts';
import { type Discovery, type FoundThing, NOTHING_FOUND } from '../../model/ports/discovery.ts';
import { safeText } from '../../model/safe-text.ts';
import { decode } from '../http/decode.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { openClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import { ago, runJob } from './job.ts';

/** Fields in which lines usually say whose they are, and of which environment; the first that any line has counts. */
const SERVICE_FIELDS = ['service', 'service_name', 'app', 'application'];
const ENVIRONMENT_FIELDS = ['environment', 'env'];
const SINCE = 5 * MINUTE;
const MOST_ROWS = 5_000;
const NONE = 'none';

const rowSchema = z.object({ index: z.string(), oncall_service: z.string(), oncall_environment: z.string() });
type Found = z.output<typeof rowSchema>;

/** Which service's lines are in which index, by a count over the last five minutes for each field that may tell. */
export function openDiscovery(deps: AdapterDeps): Discovery {
  const client = openClient(deps);
  const environments = Object.keys(deps.loaded.config.environments);
  return {
    system: SYSTEM,
    async discover(signal) {
      for (const field of SERVICE_FIELDS) {
        for (const environmentField of ENVIRONMENT_FIELDS) {
          const answer = await runJob(
            client,
            {
              spl: countSpl(field, environmentField),
              event: { earliest: ago(SINCE), latest: 'now' },
              indexed: null,
              maxRows: MOST_ROWS,
            },
            signal,
          );
          const rows = answer.rows.map((row) => decode(SYSTEM, 'a count of lines', rowSchema, row));
          const tells = rows.some((row) => row.oncall_environment !== NONE);
          if (rows.length === 0) break;
          if (!tells && environmentField !== ENVIRONMENT_FIELDS.at(-1)) continue;
          const gaps =
            answer.incomplete === null
              ? []
              : [`Splunk did not look at every line: ${answer.incomplete.message}`];
          return { ...NOTHING_FOUND, things: thingsOf(rows, field, environmentField, environments), gaps };
        }
      }
      const gap = `No line of the last five minutes has a field ${SERVICE_FIELDS.join(', ')}: set services.NAME.logs by hand.`;
      return { ...NOTHING_FOUND, gaps: [gap] };
    },
  };
}

/** Commands `eval` and `stats`: https://docs.splunk.com/Documentation/Splunk/latest/SearchReference */
function countSpl(service: string, environment: string): string {
  return [
    `search index=* ${service}=*`,
    `eval oncall_service=${service}`,
    `eval oncall_environment=coalesce(${environment}, "${NONE}")`,
    'stats count by index, oncall_service, oncall_environment',
  ].join(' | ');
}

function thingsOf(
  rows: readonly Found[],
  field: string,
  environmentField: string,
  environments: readonly string[],
): readonly FoundThing[] {
  const byPlace = new Map<string, Found[]>();
  for (const row of rows) {
    const place = `${row.index} ${row.oncall_service}`;
    byPlace.set(place, [...(byPlace.get(place) ?? []), row]);
  }
  return [...byPlace.values()].flatMap((own) => {
    const [first] = own;
    if (first === undefined) return [];
    const said = own.map((row) => row.oncall_environment);
    // Other words for our environments cannot be filled in: then the lines of all of them are shown.
    const ours = said.some((word) => environments.includes(word));
    if (!ours && said.every((word) => word !== NONE && environmentNamed(word, environments) === null))
      return [];
    const where = { [field]: first.oncall_service, ...(ours ? { [environmentField]: '{environment}' } : {}) };
    return [
      {
        system: SYSTEM,
        kind: 'log source',
        name: safeText(first.oncall_service),
        service: null,
        environment: null,
        squad: null,
        isService: false,
        keys: { logs: { index: first.index, where } },
      },
    ];
  });
}
