import { findSuspect } from '../insight/suspect.ts';
import type { Card } from '../model/card.ts';
import type { Deploy } from '../model/deploy.ts';
import type { Failure } from '../model/failure.ts';
import type { Incident } from '../model/incident.ts';
import { localNow } from '../model/instant.ts';
import type { Systems } from '../model/ports/index.ts';
import { STALE_AFTER_MS, systemNow } from '../model/reading.ts';
import { comingText } from '../text/coming-line.ts';
import { DEPLOY_COLUMNS, deployCells } from '../text/deploy-line.ts';
import { worldMarks } from '../text/header.ts';
import { painter } from '../text/paint.ts';
import { tableLines } from '../text/table.ts';
import { attempt } from '../watch/once.ts';
import { jsonCard, jsonDeploy, jsonDocument, jsonReading } from './json.ts';
import { exitOf, mention, subjectOf } from './look.ts';
import { type Arguments, type Context, flag, type Options } from './row.ts';

const SHOWN = 20;

/** `oncall deploys SERVICE`: its newest deploys, the one that an open incident blames marked. */
export async function run(context: Context, args: Arguments, options: Options): Promise<number> {
  const { loaded, systems, service, environment } = await subjectOf(context, args, options);
  const { catalog } = loaded;
  const [reading, incidents, board] = await Promise.all([
    attempt<readonly Deploy[]>(systems, 'aws', undefined, STALE_AFTER_MS, async () =>
      (await systems.releases()).deploys(service, environment.name, SHOWN),
    ),
    attempt<readonly Incident[]>(systems, 'pagerduty', undefined, STALE_AFTER_MS, async () =>
      (await systems.pager()).openIncidents(),
    ),
    attempt<readonly Card[]>(systems, 'leankit', undefined, STALE_AFTER_MS, async () =>
      (await systems.board()).coming(),
    ),
  ]);
  const exit = exitOf(context, reading);
  mention(context, incidents, 'suspects are not judged');
  mentionSilent(context, systems, reading.error);
  if (board.error?.code !== 'not_configured') mention(context, board, 'what comes next is not known');
  const coming = board.value?.filter((card) => card.service === service.name) ?? null;
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
      jsonDocument(catalog, systems.now('aws'), {
        reading: jsonReading(reading, now),
        deploys: list,
        coming: coming?.map(jsonCard) ?? null,
      }),
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
  const next = (coming ?? []).map((card) => paint('muted', comingText(card, systemNow(board, now))));
  const head = `${paint('strong', service.name)}  deploys  ${marks}`;
  context.stdout.write(`${[head, '', ...next, ...(next.length > 0 ? [''] : []), ...body].join('\n')}\n`);
  return exit;
}

/** One of several that tell of deploys did not answer: the others' are shown, and that some may lack is said. */
function mentionSilent(context: Context, systems: Systems, told: Failure | null): void {
  const apart = new Set(['pagerduty', 'leankit', told?.system]);
  for (const { name, error } of systems.health()) {
    if (error === null || apart.has(name)) continue;
    context.stderr.write(`oncall: what only ${name} knows of deploys is left out: ${error.message}\n`);
  }
}
