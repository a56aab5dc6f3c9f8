import { dirname, join } from 'node:path';
import { type PracticeOptions, PracticeUsage, parseOptions } from '../practice/options.ts';
import { canShowCockpit } from './can-show-cockpit.ts';
import { processContext } from './context.ts';
import { startPracticeProcess } from './demo-process.ts';
import { OK, UsageError } from './exit.ts';
import { type Arguments, type Context, flag, type Options, optionText } from './row.ts';

/**
 * `oncall demo`: the practice world in a process of its own, and the cockpit on its configuration; without a terminal
 * its status, once. `--headless`: the world alone, in this process.
 */
export async function run(context: Context, _args: Arguments, options: Options): Promise<number> {
  const wanted = practiceOptions(options);
  if (flag(options, 'headless')) return serve(wanted);
  const practice = await startPracticeProcess(wanted);
  try {
    return await look(context, practice.line.config);
  } finally {
    await practice.stop();
  }
}

async function serve(options: PracticeOptions): Promise<number> {
  const [{ runPractice }, { ScenarioError }] = await Promise.all([
    import('../practice/process.ts'),
    import('../practice/world/scenario.ts'),
  ]);
  try {
    await runPractice(options);
    return OK;
  } catch (error) {
    if (error instanceof ScenarioError) throw new UsageError(error.message);
    throw error;
  }
}

async function look(context: Context, configFile: string): Promise<number> {
  withoutOwnSettings();
  // What a look at the practice world leaves behind goes with it.
  process.env.XDG_STATE_HOME = join(dirname(configFile), 'state');
  const color = context.stdout.color;
  const inside = processContext({ config: configFile, readOnly: context.readOnly, color });
  try {
    const { run: cockpit } = await import('./cockpit.ts');
    const exit = await cockpit(inside.context, [], {});
    return canShowCockpit(context) ? exit : OK;
  } finally {
    await inside.close();
  }
}

const OF_THE_TERMINAL = /^ONCALL_USER__(THEME|CHARACTERS|REDUCED_MOTION|SCREEN_READER)$/;

/**
 * The practice world is whole by its own configuration: what the person set for real work is not for it. A wish to
 * change nothing, ONCALL_READ_ONLY, is in the context already and holds here too, as does what one needs of the screen.
 */
function withoutOwnSettings(): void {
  for (const name of Object.keys(process.env)) {
    if (name.startsWith('ONCALL_') && !OF_THE_TERMINAL.test(name)) delete process.env[name];
  }
}

function practiceOptions(options: Options): PracticeOptions {
  const value = (name: string) => {
    const text = optionText(options, name);
    return text === undefined ? [] : [`--${name}=${text}`];
  };
  const argv = [
    ...value('scenario'),
    ...value('speed'),
    ...value('seed'),
    ...(flag(options, 'tls') ? ['--tls'] : []),
  ];
  try {
    return parseOptions(argv);
  } catch (error) {
    if (error instanceof PracticeUsage) throw new UsageError(error.message);
    throw error;
  }
}
