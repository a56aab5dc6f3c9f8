import { findSuspect } from '../insight/suspect.ts';
import type { Deploy } from '../model/deploy.ts';
import type { Incident } from '../model/incident.ts';
import { localNow } from '../model/instant.ts';
import { STALE_AFTER_MS, systemNow } from '../model/reading.ts';
import { DEPLOY_COLUMNS, deployCells } from '../text/deploy-line.ts';
import { worldMarks } from '../text/header.ts';
import { painter } from '../text/paint.ts';
import { tableLines } from '../text/table.ts';
import { attempt } from '../watch/once.ts';
import { jsonDeploy, jsonDocument, jsonReading } from './json.ts';
import { exitOf, mention, subjectOf } from './look.ts';
import { type Arguments, type Context, flag, type Options } from './row.ts';

const SHOWN = 20;

/** `oncall deploys SERVICE`: its newest deploys, the one that an open incident blames marked. */
export async function run(context: Context, args: Arguments, options: Options): Promise<number> {
  const { loaded, systems, service, environment } = await subjectOf(context, args, options);
  const { catalog } = loaded;
  const [reading, incidents] = await Promise.all([
    attempt<readonly Deploy[]>(systems, 'aws', undefined, STALE_AFTER_MS, async () =>
      (await systems.releases()).deploys(service, environment.name, SHOWN),
    ),
    attempt<readonly Incident[]>(systems, 'pagerduty', undefined, STALE_AFTER_MS, async () =>
      (await systems.pager()).openIncidents(),
    ),
  ]);
  const exit = exitOf(context, reading);
  mention(context, incidents, 'suspects are not judged');
  const deploys = reading.value ?? [];
  const suspects = new Map<Deploy, number>();
  for (const incident of incidents.value ?? []) {
    const suspect = incident.service === service.name ? findSuspect(incident, deploys) : null;
    if (suspect !== null) suspects.set(suspect.deploy, suspect.minutesBefore);
  }

  const now = localNow();
  if (flag(options, 'json')) {
    const list = deploys.map((deploy) => jsonDeploy(deploy, suspects.has(deploy)));
    context.stdout.write(
      jsonDocument(catalog, systems.now('aws'), { reading: jsonReading(reading, now), deploys: list }),
    );
    return exit;
  }
  const paint = painter(context.stdout.color);
  const marks = worldMarks(catalog.practice, environment, paint);
  const rows = deploys.map((deploy) =>
    deployCells(deploy, systemNow(reading, now), suspects.get(deploy) ?? null),
  );
  const lines = tableLines(DEPLOY_COLUMNS, rows, context.stdout.columns, paint);
  const body =
    lines.length > 0 ? lines : [reading.error === null ? 'no deploys are remembered' : 'not known'];
  context.stdout.write(
    `${[`${paint('strong', service.name)}  deploys  ${marks}`, '', ...body].join('\n')}\n`,
  );
  return exit;
}
