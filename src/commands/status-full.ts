import { stateFolder } from '../config/state.ts';
import { statusExit } from '../insight/status.ts';
import type { Environment } from '../model/catalog.ts';
import { localNow } from '../model/instant.ts';
import { painter } from '../text/paint.ts';
import { lookOnce } from '../watch/once.ts';
import { openSnapshot, type Snapshot } from '../watch/snapshot.ts';
import { chosen } from './choose.ts';
import { jsonDuty } from './duty-json.ts';
import { jsonDocument, jsonIncident, jsonReading, jsonSystem } from './json.ts';
import { environmentNamed, squadNamed } from './names.ts';
import { type Arguments, type Context, flag, type Options, optionText } from './row.ts';
import { statusText } from './status-text.ts';

/** One screenful or one document; the exit code says how bad it is. */
export async function run(context: Context, _args: Arguments, options: Options): Promise<number> {
  const print = await printer(context, options);
  if (flag(options, 'watch')) return (await import('./status-watch.ts')).repeat(context, print);
  const { text, exit } = await print();
  context.stdout.write(text);
  return exit;
}

export interface Printed {
  readonly text: string;
  /** The same for two looks that show the same things, whatever their age. */
  readonly facts: string;
  readonly exit: number;
}

async function printer(
  context: Context,
  options: Options,
): Promise<(signal?: AbortSignal) => Promise<Printed>> {
  const loaded = await context.config();
  const { catalog } = loaded;
  const environment = environmentNamed(catalog, optionText(options, 'env'));
  const squad = optionText(options, 'squad');
  const squadId = squad === undefined ? null : squadNamed(catalog, squad).id;
  const store = openSnapshot(stateFolder(loaded), context.env.ONCALL_USER_EMAIL ?? null);
  const email = loaded.user.email ?? null;
  const systems = await context.systems();
  return async (signal) => {
    const look = await lookOnce(systems, catalog, {
      all: flag(options, 'all'),
      environment: environment.name,
      email,
      store,
      ...(signal === undefined ? {} : { signal }),
    });
    if (look.incidents.error?.code === 'not_configured') throw look.incidents.error;
    const seen = { ...look, incidents: chosen(look, squadId, flag(options, 'mine')) };
    const exit = statusExit(seen.incidents, localNow());
    const facts = JSON.stringify([
      seen.incidents.value,
      seen.incidents.error?.code,
      seen.onCall.value,
      seen.systems.map(({ name, ok, error }) => [name, ok, error?.code]),
    ]);
    const text = flag(options, 'json') ? json(seen, exit) : plain(seen, environment);
    return { text, facts, exit };
  };

  function json(look: Snapshot, exit: number): string {
    const now = localNow();
    const deploys = deploysIn(look, environment);
    return jsonDocument(catalog, systems.now('pagerduty'), {
      exit,
      env: environment.name,
      incidents: {
        ...jsonReading(look.incidents, now),
        value: look.incidents.value?.map((incident) => jsonIncident(incident, deploys)) ?? null,
      },
      oncall: { ...jsonReading(look.onCall, now), value: jsonDuty(catalog, look.onCall, now) },
      systems: look.systems.map((health) => jsonSystem(health, now)),
    });
  }

  function plain(look: Snapshot, place: Environment): string {
    const { incidents, onCall, me, systems: health } = look;
    const view = {
      catalog,
      environment: place,
      incidents,
      onCall,
      me,
      deploys: deploysIn(look, place),
      systems: health,
    };
    return statusText(view, localNow(), context.stdout.columns, painter(context.stdout.color));
  }
}

function deploysIn(look: Snapshot, environment: Environment) {
  return look.deploys
    .filter((each) => each.environment === environment.name)
    .flatMap((each) => each.reading.value ?? []);
}
