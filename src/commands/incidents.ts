import { worstFirst } from '../insight/incidents.ts';
import { findSuspect } from '../insight/suspect.ts';
import type { Incident } from '../model/incident.ts';
import { localNow } from '../model/instant.ts';
import { STALE_AFTER_MS, systemNow } from '../model/reading.ts';
import { worldMarks } from '../text/header.ts';
import { INCIDENT_COLUMNS, incidentCells } from '../text/incident-line.ts';
import { painter } from '../text/paint.ts';
import { tableLines } from '../text/table.ts';
import { identify } from '../watch/identify.ts';
import { attempt, readDeploys } from '../watch/once.ts';
import { chosen } from './choose.ts';
import { jsonDocument, jsonIncident, jsonReading } from './json.ts';
import { exitOf, mention } from './look.ts';
import { environmentNamed, squadNamed } from './names.ts';
import { type Arguments, type Context, flag, type Options, optionText } from './row.ts';
import { jsonSuggestion, suggestions } from './suggested.ts';

/** `oncall incidents`: what is open, worst and newest first, each with the deploy that is blamed. */
export async function run(context: Context, _args: Arguments, options: Options): Promise<number> {
  const loaded = await context.config();
  const { catalog } = loaded;
  const environment = environmentNamed(catalog, optionText(options, 'env'));
  const squad = optionText(options, 'squad');
  const squadId = squad === undefined ? null : squadNamed(catalog, squad).id;
  const systems = await context.systems();
  const [reading, me] = await Promise.all([
    attempt<readonly Incident[]>(systems, 'pagerduty', undefined, STALE_AFTER_MS, async () =>
      (await systems.pager()).openIncidents(),
    ),
    identify(systems, loaded.user.email ?? null).catch(() => null),
  ]);
  const exit = exitOf(context, reading);
  const incidents = chosen({ incidents: reading, me }, squadId, flag(options, 'mine'));
  const found = worstFirst(incidents.value ?? []);
  const read = await readDeploys(systems, catalog, found, environment.name, []);
  const failed = read.find((each) => each.reading.error !== null);
  if (failed !== undefined) mention(context, failed.reading, 'suspects are not known');
  const deploys = read.flatMap((each) => each.reading.value ?? []);

  const now = localNow();
  if (flag(options, 'json')) {
    const suggested = await suggestions(context, systems, catalog, found);
    const list = found.map((incident) => ({
      ...jsonIncident(incident, deploys),
      suggested_squad: jsonSuggestion(suggested.get(incident.id) ?? null),
    }));
    const body = { env: environment.name, reading: jsonReading(reading, now), incidents: list };
    context.stdout.write(jsonDocument(catalog, systems.now('pagerduty'), body));
    return exit;
  }
  const paint = painter(context.stdout.color);
  const rows = found.map((incident) =>
    incidentCells(incident, { now: systemNow(reading, now), me, suspect: findSuspect(incident, deploys) }),
  );
  const lines = tableLines(INCIDENT_COLUMNS, rows, context.stdout.columns, paint);
  const head = `${paint('strong', 'incidents')}  ${worldMarks(catalog.practice, environment, paint)}`;
  const body =
    lines.length > 0 ? lines : reading.error === null ? [paint('good', 'nothing open')] : ['not known'];
  context.stdout.write(`${[head, '', ...body].join('\n')}\n`);
  return exit;
}
