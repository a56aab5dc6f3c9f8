import { relationTo, worstSignalsFirst } from '../insight/signals.ts';
import { signalToRoute, suggestSquad } from '../insight/suggested-squad.ts';
import type { Incident } from '../model/incident.ts';
import { type Instant, localNow } from '../model/instant.ts';
import type { Systems } from '../model/ports/index.ts';
import { type Reading, STALE_AFTER_MS, systemNow } from '../model/reading.ts';
import type { Signal } from '../model/signal.ts';
import { worldMarks } from '../text/header.ts';
import { painter } from '../text/paint.ts';
import { SIGNAL_COLUMNS, signalCells } from '../text/signal-line.ts';
import { tableLines } from '../text/table.ts';
import { attempt } from '../watch/once.ts';
import { readSignals } from '../watch/signals.ts';
import type { SignalsView } from '../watch/types.ts';
import { OK, UNKNOWN } from './exit.ts';
import { jsonDocument, jsonReading } from './json.ts';
import { mention } from './look.ts';
import { environmentNamed, squadNamed } from './names.ts';
import { type Arguments, type Context, flag, type Options, optionText } from './row.ts';
import { jsonSignal } from './signal-json.ts';
import { jsonSuggestion, routedFromHere } from './suggested.ts';

/** `oncall signals`: what monitoring and ticket systems say is wrong, each told with the incidents that it goes with. */
export async function run(context: Context, _args: Arguments, options: Options): Promise<number> {
  const { catalog } = await context.config();
  const environment = environmentNamed(catalog, optionText(options, 'env'));
  const named = optionText(options, 'squad');
  const squad = named === undefined ? null : squadNamed(catalog, named).id;
  const systems = await context.systems();
  const [readings, incidents] = await Promise.all([
    readAll(systems, environment.name),
    attempt<readonly Incident[]>(systems, 'pagerduty', undefined, STALE_AFTER_MS, async () =>
      (await systems.pager()).openIncidents(),
    ),
  ]);
  mention(context, incidents, 'what they go with is not known');
  for (const reading of readings) mention(context, reading, 'its signals are not known');
  const open = incidents.value ?? [];
  const all = readings.flatMap(({ value }) => value?.signals ?? []);
  const found = worstSignalsFirst(all.filter((signal) => squad === null || signal.squad === squad));
  const exit = readings.some(({ error }) => error !== null) ? UNKNOWN : OK;

  const now = localNow();
  if (flag(options, 'json')) {
    const before = await routedFromHere(context);
    const signals = found.map((signal) => ({
      ...jsonSignal(signal, relatedIds(signal, open)),
      suggested_squad: jsonSuggestion(suggestSquad(catalog, signalToRoute(signal), before)),
    }));
    const sources = readings.map((reading) => jsonReading(reading, now));
    const at = systems.now(readings[0]?.source ?? 'pagerduty');
    context.stdout.write(jsonDocument(catalog, at, { env: environment.name, sources, signals }));
    return exit;
  }
  const paint = painter(context.stdout.color);
  const nowOf = clockOf(readings, now);
  const rows = found.map((signal) =>
    signalCells(signal, { now: nowOf(signal.source), related: relatedIds(signal, open).length > 0 }),
  );
  const lines = tableLines(SIGNAL_COLUMNS, rows, context.stdout.columns, paint);
  const head = `${paint('strong', 'signals')}  ${worldMarks(catalog.practice, environment, paint)}`;
  const told = readings.filter(({ value }) => value !== null).map(({ source }) => source);
  const body = lines.length > 0 ? lines : [nothing(told, readings.length, squad)];
  context.stdout.write(`${[head, '', ...body].join('\n')}\n`);
  return exit;
}

function readAll(systems: Systems, environment: string): Promise<readonly Reading<SignalsView>[]> {
  return Promise.all(
    systems
      .monitorNames()
      .map((system) =>
        attempt<SignalsView>(systems, system, undefined, STALE_AFTER_MS, () =>
          readSignals(systems, system, environment),
        ),
      ),
  );
}

function relatedIds(signal: Signal, incidents: readonly Incident[]): readonly string[] {
  return incidents.filter((incident) => relationTo(signal, incident) !== null).map(({ id }) => id);
}

function clockOf(readings: readonly Reading<unknown>[], now: Instant): (system: string) => Instant {
  return (system) => {
    const reading = readings.find(({ source }) => source === system);
    return reading === undefined ? now : systemNow(reading, now);
  };
}

function nothing(told: readonly string[], configured: number, squad: string | null): string {
  if (configured === 0) return 'No monitoring system is configured.';
  if (told.length === 0) return 'not known';
  return `nothing is wrong${squad === null ? '' : ` for ${squad}`}, says ${told.join(', ')}`;
}
