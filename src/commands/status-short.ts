import { findConfigFile } from '../config/places.ts';
import { stateFolderOf } from '../config/state.ts';
import { statusExit } from '../insight/status.ts';
import { localNow } from '../model/instant.ts';
import { systemNow } from '../model/reading.ts';
import { openSnapshot } from '../watch/snapshot.ts';
import { chosen } from './choose.ts';
import { UNKNOWN } from './exit.ts';
import { type Context, flag, type Options, optionText } from './row.ts';
import { shortStatus } from './short-status.ts';

/**
 * One line for a prompt, from the last snapshot: nothing is asked, and the configuration is not even read, only
 * found, but for the name of a squad. Never says that all is well by a snapshot older than two minutes.
 */
export async function run(context: Context, options: Options): Promise<number> {
  const folder = stateFolderOf(findConfigFile(context.configFile, context.env), context.env);
  const snapshot = openSnapshot(folder, context.env.ONCALL_USER_EMAIL ?? null).read();
  const squad = await squadId(context, optionText(options, 'squad'));
  const incidents = snapshot === null ? null : chosen(snapshot, squad, flag(options, 'mine'));
  const now = localNow();
  const exit = incidents === null ? UNKNOWN : statusExit({ ...incidents, error: null }, now);
  if (flag(options, 'json')) {
    const { jsonDocument, jsonIncident, jsonReading } = await import('./json.ts');
    const value = incidents?.value?.map((incident) => jsonIncident(incident, [])) ?? null;
    const part = incidents === null ? null : { ...jsonReading(incidents, now), value };
    const at = incidents === null ? now : systemNow(incidents, now);
    context.stdout.write(
      jsonDocument({ practice: snapshot?.practice ?? false }, at, { exit, incidents: part }),
    );
  } else {
    context.stdout.write(`${shortStatus(incidents, snapshot?.practice ?? false, now)}\n`);
  }
  return exit;
}

/** Checked against the configuration: all would seem well with a squad that is mistyped. */
async function squadId(context: Context, name: string | undefined): Promise<string | null> {
  if (name === undefined) return null;
  const [{ catalog }, { squadNamed }] = await Promise.all([context.config(), import('./names.ts')]);
  return squadNamed(catalog, name).id;
}
