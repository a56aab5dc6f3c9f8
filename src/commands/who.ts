import { type TeamsNow, teamsNow } from '../insight/on-call-teams.ts';
import type { Catalog } from '../model/catalog.ts';
import type { OnCall, Person } from '../model/incident.ts';
import { localNow, MINUTE } from '../model/instant.ts';
import { systemNow } from '../model/reading.ts';
import { type Paint, painter } from '../text/paint.ts';
import { tableLines } from '../text/table.ts';
import { emptyLevels, WHO_COLUMNS, whoCells } from '../text/who.ts';
import { identify } from '../watch/identify.ts';
import { attempt } from '../watch/once.ts';
import { dutyPolicies } from '../watch/policies.ts';
import { jsonDuty } from './duty-json.ts';
import { jsonDocument, jsonReading } from './json.ts';
import { exitOf } from './look.ts';
import { squadNamed } from './names.ts';
import { type Arguments, type Context, flag, type Options } from './row.ts';

const STALE_MS = 5 * MINUTE;

/** `oncall who`: who is on call now for the tribe and every squad, until when, and who is paged next. */
export async function run(context: Context, args: Arguments, options: Options): Promise<number> {
  const loaded = await context.config();
  const [named] = args;
  const squads = named === undefined ? loaded.catalog.squads : [squadNamed(loaded.catalog, named)];
  const catalog: Catalog = { ...loaded.catalog, squads };
  const systems = await context.systems();
  const [reading, me] = await Promise.all([
    attempt<readonly OnCall[]>(systems, 'pagerduty', undefined, STALE_MS, async () =>
      (await systems.pager()).onCall(dutyPolicies(catalog)),
    ),
    identify(systems, loaded.user.email ?? null).catch(() => null),
  ]);
  const exit = exitOf(context, reading);
  const now = localNow();
  if (flag(options, 'json')) {
    const body = jsonDuty(catalog, reading, now) ?? { duty: null, squads: null };
    const document = { reading: jsonReading(reading, now), ...body };
    context.stdout.write(jsonDocument(catalog, systems.now('pagerduty'), document));
    return exit;
  }
  const paint = painter(context.stdout.color);
  const at = systemNow(reading, now);
  const lines =
    reading.value === null
      ? ['not known']
      : whoLines(teamsNow(catalog, reading.value, at), { at, me, columns: context.stdout.columns, paint });
  const practice = catalog.practice ? `  ${paint('practice', 'PRACTICE')}` : '';
  context.stdout.write(`${[`${paint('strong', 'who is on call')}${practice}`, '', ...lines].join('\n')}\n`);
  return exit;
}

interface Around {
  readonly at: number;
  readonly me: Person | null;
  readonly columns: number;
  readonly paint: Paint;
}

function whoLines({ duty, squads }: TeamsNow, { at, me, columns, paint }: Around): readonly string[] {
  const timeZone = duty?.role.timeZone ?? 'UTC';
  const isMe = (person: Person) => person.id === me?.id;
  const teams = [...(duty === null ? [] : [duty.team]), ...squads];
  const empty = emptyLevels(squads);
  const holiday = duty?.holiday ?? null;
  return [
    ...tableLines(
      WHO_COLUMNS,
      teams.map((team) => whoCells(team, { now: at, timeZone, isMe })),
      columns,
      paint,
    ),
    '',
    ...(duty === null ? ['No role has the duty of this hour.'] : []),
    ...(empty === null ? [] : [paint('warn', empty)]),
    ...(holiday === null ? [] : [`Today is a holiday${holiday.name === null ? '' : `: ${holiday.name}`}.`]),
    paint('muted', `Times are those of ${timeZone}.`),
  ];
}
