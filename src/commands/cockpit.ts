import type { Appearance } from '../cockpit/look.ts';
import type { UserConfig } from '../config/schema.ts';
import type { LoadedConfig } from '../config/types.ts';
import { findService } from '../model/catalog.ts';
import { MINUTE, SECOND } from '../model/instant.ts';
import type { Systems } from '../model/ports/index.ts';
import { onlyAscii } from '../text/only-ascii.ts';
import { canShowCockpit } from './can-show-cockpit.ts';
import type { Arguments, Context, Options } from './row.ts';

const LINK_SPAN_MS = 60 * MINUTE;

/** `oncall` alone: the cockpit; without a terminal that can show it, the status once. */
export async function run(context: Context, args: Arguments, options: Options): Promise<number> {
  if (!canShowCockpit(context)) return (await import('./status.ts')).run(context, args, options);
  const loaded = await context.config();
  const [
    systems,
    { runCockpit },
    { openWatch },
    { openSnapshot },
    { openActions },
    state,
    userState,
    logMarks,
  ] = await Promise.all([
    context.systems(),
    import('../cockpit/index.tsx'),
    import('../watch/follow.ts'),
    import('../watch/snapshot.ts'),
    import('../actions/index.ts'),
    import('../config/state.ts'),
    import('../config/user-state.ts'),
    import('../config/log-marks.ts'),
  ]);
  const { catalog, user } = loaded;
  const email = user.email ?? null;
  const readOnly = context.readOnly || loaded.config.read_only;
  const stateFolder = state.stateFolder(loaded);
  const remembered = userState.openUserState(stateFolder);
  const snapshot = openSnapshot(stateFolder, context.env.ONCALL_USER_EMAIL ?? null);
  const watch = openWatch(systems, catalog, { snapshot, email, ...(calm(user) && { paceMs: CALM_PACE_MS }) });
  // An action waits for the incidents alone: a system that hangs holds back only its own pane.
  const reread = async () => {
    void watch.refreshAll();
    await watch.incidents().refresh();
  };
  const actions = openActions({ systems, catalog, email, stateFolder, readOnly, reread });
  try {
    const left = await runCockpit({
      watch,
      actions,
      catalog,
      logLink: (service, environment) => logLink(systems, loaded, service, environment),
      logSearch: () => systems.logSearch(),
      logMarks: logMarks.openLogMarks(stateFolder),
      logJobs: () => systems.logJobs(),
      searches: {
        list: () => remembered.get().searches,
        add: (text) =>
          void remembered.set({ searches: userState.withSearch(remembered.get().searches, text) }),
      },
      settings: {
        environment: firstEnvironment(loaded, remembered.get().environment),
        readOnly,
        bell: user.bell,
        keys: user.keys,
        email,
        rememberEnvironment: (environment) => void remembered.set({ environment }),
        folder: process.cwd(),
        pager: context.env.PAGER?.trim() || null,
        appearance: appearanceOf(context, user),
      },
    });
    for (const work of left.goesOn) {
      context.stderr.write(`The ${work} goes on; oncall attach watches it.\n`);
    }
    return left.exitCode;
  } finally {
    await watch.stop();
  }
}

/** A person who wants little motion, or hears the screen, is told what changes by itself so often at most. */
const CALM_PACE_MS = 5 * SECOND;

function calm(user: UserConfig): boolean {
  return user.reduced_motion || user.screen_reader;
}

function appearanceOf({ stdout, env }: Context, user: UserConfig): Appearance {
  return {
    theme: user.theme,
    colours: !stdout.color ? 0 : process.stdout.hasColors(256) ? 256 : 16,
    ascii: user.characters === 'auto' ? onlyAscii(env) : user.characters === 'ascii',
    screenReader: user.screen_reader,
  };
}

/** The one that was shown last, while the configuration still has it. */
function firstEnvironment({ catalog }: LoadedConfig, remembered: string | null): string {
  const known = catalog.environments.some(({ name }) => name === remembered);
  return known && remembered !== null ? remembered : catalog.defaultEnvironment;
}

async function logLink(
  systems: Systems,
  { catalog }: LoadedConfig,
  name: string,
  environment: string,
): Promise<string | null> {
  const service = findService(catalog, name);
  if (service === undefined) return null;
  return (await systems.logSearch()).link({ service, environment, sinceMs: LINK_SPAN_MS });
}
