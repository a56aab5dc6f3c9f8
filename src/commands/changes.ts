import { runningDeploy } from '../insight/running-deploy.ts';
import { findSuspect } from '../insight/suspect.ts';
import { versionBefore } from '../insight/version-before.ts';
import type { Changes } from '../model/changes.ts';
import type { Deploy } from '../model/deploy.ts';
import type { Incident } from '../model/incident.ts';
import { localNow } from '../model/instant.ts';
import { STALE_AFTER_MS } from '../model/reading.ts';
import { worldMarks } from '../text/header.ts';
import { painter } from '../text/paint.ts';
import { attempt } from '../watch/once.ts';
import { changesText, jsonChanges } from './changes-text.ts';
import { UsageError } from './exit.ts';
import { jsonDocument, jsonReading } from './json.ts';
import { exitOf, mention, type Subject, subjectOf } from './look.ts';
import { type Arguments, type Context, flag, type Options } from './row.ts';

const DEPLOYS_READ = 50;

/** `oncall changes SERVICE [FROM [TO]]`: commits, pull requests and files between two versions. */
export async function run(context: Context, args: Arguments, options: Options): Promise<number> {
  const subject = await subjectOf(context, args, options);
  const { loaded, systems, service, environment } = subject;
  const { from, to } = await versions(context, subject, args);
  const reading = await attempt<Changes>(systems, 'github', undefined, STALE_AFTER_MS, async () => {
    const compare = await systems.compare();
    const changes = await compare.changes(service, from, to);
    // Given the other way round: what is newer is told all the same.
    return changes.ahead === 0 && changes.behind > 0 ? compare.changes(service, to, from) : changes;
  });
  if (reading.error?.code === 'not_found') throw new UsageError(reading.error.text);
  const exit = exitOf(context, reading);
  if (flag(options, 'json')) {
    context.stdout.write(
      jsonDocument(loaded.catalog, systems.now('github'), {
        reading: jsonReading(reading, localNow()),
        changes: reading.value === null ? null : jsonChanges(service.name, reading.value),
      }),
    );
    return exit;
  }
  const paint = painter(context.stdout.color);
  const shown = reading.value ?? { from, to };
  const head = `${paint('strong', service.name)}  ${shown.from} → ${shown.to}  ${worldMarks(loaded.catalog.practice, environment, paint)}`;
  const body =
    reading.value === null ? ['not known'] : changesText(reading.value, context.stdout.columns, paint);
  context.stdout.write(`${[head, '', ...body].join('\n')}\n`);
  return exit;
}

/** As typed; else the version that an open incident blames, or the one that runs, against the one before it. */
async function versions(
  context: Context,
  { systems, service, environment }: Subject,
  [, from, to]: Arguments,
): Promise<{ readonly from: string; readonly to: string }> {
  if (from !== undefined && to !== undefined) return { from, to };
  const [deploys, incidents] = await Promise.all([
    attempt<readonly Deploy[]>(systems, 'aws', undefined, STALE_AFTER_MS, async () =>
      (await systems.releases()).deploys(service, environment.name, DEPLOYS_READ),
    ),
    attempt<readonly Incident[]>(systems, 'pagerduty', undefined, STALE_AFTER_MS, async () =>
      (await systems.pager()).openIncidents(),
    ),
  ]);
  if (deploys.value === null) throw deploys.error ?? new UsageError('name two versions');
  mention(context, incidents, 'suspects are not judged');
  const known = deploys.value;
  const suspect = (incidents.value ?? [])
    .filter((incident) => incident.service === service.name)
    .flatMap((incident) => findSuspect(incident, known)?.deploy ?? [])[0];
  const newer = suspect ?? runningDeploy(known);
  const older = from ?? (newer == null ? null : versionBefore(known, newer));
  if (newer == null || older === null) {
    const what = newer == null ? 'No version' : `No version before ${newer.version}`;
    throw new UsageError(
      `${what} of ${service.name} in ${environment.name} is known: name two, oncall changes ${service.name} FROM TO`,
    );
  }
  return { from: older, to: newer.version };
}
