import type { LoadedConfig } from '../config/types.ts';
import type { Systems } from '../model/ports/index.ts';
import { outputTo } from './output.ts';
import type { GlobalOptions } from './program.ts';
import { type Context, Interrupted, type Output } from './row.ts';

const STOPPING: Readonly<Record<'SIGINT' | 'SIGTERM' | 'SIGHUP', number>> = {
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
};

/** The context of one call on this process, and how to end what it opened. */
export function processContext(
  global: GlobalOptions,
  drawn?: (text: string) => string,
): { context: Context; close(): Promise<void> } {
  const stop = new AbortController();
  const interrupt = (exitCode: number) => stop.abort(new Interrupted(exitCode));
  const color = global.color !== false;
  let loading: Promise<LoadedConfig> | null = null;
  let opening: Promise<Systems> | null = null;
  let listening = false;
  let stdout: Output | null = null;
  let stderr: Output | null = null;

  const config = () => {
    loading ??= import('../config/load.ts').then(({ loadConfig }) =>
      loadConfig(global.config === undefined ? {} : { configFile: global.config }),
    );
    return loading;
  };
  const context: Context = {
    configFile: global.config,
    readOnly: global.readOnly === true || isSet(process.env.ONCALL_READ_ONLY),
    env: process.env,
    get stdout() {
      stdout ??= outputTo('stdout', color, () => interrupt(0), drawn);
      return stdout;
    },
    get stderr() {
      stderr ??= outputTo('stderr', color, () => {}, drawn);
      return stderr;
    },
    config,
    systems() {
      opening ??= Promise.all([config(), import('../systems/index.ts')]).then(([loaded, { openSystems }]) =>
        openSystems(loaded),
      );
      return opening;
    },
    stopSignal() {
      if (!listening) {
        listening = true;
        for (const [name, exitCode] of Object.entries(STOPPING))
          process.once(name, () => interrupt(exitCode));
      }
      return stop.signal;
    },
  };
  return { context, close: async () => (await opening?.catch(() => null))?.close() };
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && !['', '0', 'false', 'no'].includes(value.toLowerCase());
}
