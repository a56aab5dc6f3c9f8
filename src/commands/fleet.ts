import { mainVersion, versionDisagreement } from '../insight/version-disagreement.ts';
import type { Group } from '../model/fleet.ts';
import { localNow } from '../model/instant.ts';
import { STALE_AFTER_MS, systemNow } from '../model/reading.ts';
import { groupLines } from '../text/fleet-lines.ts';
import { worldMarks } from '../text/header.ts';
import { painter } from '../text/paint.ts';
import { trafficLines } from '../text/traffic.ts';
import { readFleet } from '../watch/fleet.ts';
import { attempt } from '../watch/once.ts';
import { jsonDocument, jsonGroup, jsonReading } from './json.ts';
import { exitOf, subjectOf } from './look.ts';
import { type Arguments, type Context, flag, type Options } from './row.ts';

/** `oncall fleet SERVICE`: its groups, instances and containers, newest group first, and where versions disagree. */
export async function run(context: Context, args: Arguments, options: Options): Promise<number> {
  const { loaded, systems, service, environment } = await subjectOf(context, args, options);
  const { catalog } = loaded;
  const reading = await attempt<readonly Group[]>(systems, 'aws', undefined, STALE_AFTER_MS, () =>
    readFleet(systems, service, environment.name, () => {}),
  );
  const exit = exitOf(context, reading);
  const groups = [...(reading.value ?? [])].sort((a, b) => b.createdAt - a.createdAt);

  const now = localNow();
  if (flag(options, 'json')) {
    const body = { reading: jsonReading(reading, now), service: service.name, groups: groups.map(jsonGroup) };
    context.stdout.write(jsonDocument(catalog, systems.now('aws'), body));
    return exit;
  }
  const paint = painter(context.stdout.color);
  const lines = [
    `${paint('strong', service.name)}  fleet  ${worldMarks(catalog.practice, environment, paint)}`,
  ];
  const traffic = trafficLines(groups);
  for (const group of groups) {
    const { versions } = group;
    const view = {
      group,
      version: mainVersion(versions),
      disagreement: versionDisagreement(versions),
      traffic: traffic.get(group.name) ?? null,
    };
    lines.push('', ...groupLines(view, systemNow(reading, now), context.stdout.columns, paint));
  }
  if (groups.length === 0) lines.push('', reading.error === null ? 'no groups' : 'not known');
  context.stdout.write(`${lines.join('\n')}\n`);
  return exit;
}
