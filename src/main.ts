import { styleText } from 'node:util';
import packageJson from '../package.json' with { type: 'json' };
import { processContext } from './commands/context.ts';
import { SOFTWARE, UNKNOWN, USAGE, UsageError } from './commands/exit.ts';
import { outputTo } from './commands/output.ts';
import { readPlainLine } from './commands/plain-line.ts';
import type { Invocation } from './commands/program.ts';
import { Interrupted } from './commands/row.ts';
import { globalOptions, table } from './commands/table.ts';
import { ConfigError } from './config/error.ts';
import { Failure } from './model/failure.ts';
import { safeText } from './model/safe-text.ts';
import { onlyAscii } from './text/only-ascii.ts';

// The one place that decides what the process ends with.
process.exitCode = await main(process.argv.slice(2));

async function main(argv: readonly string[]): Promise<number> {
  try {
    const invocation = readPlainLine(argv, table, globalOptions) ?? (await readAnyLine(argv));
    if (invocation === null) return 0;
    const { context, close } = processContext(invocation.global, await drawing());
    const { run } = await (invocation.row?.load() ?? import('./commands/start.ts'));
    try {
      return await run(context, invocation.args, invocation.options);
    } finally {
      await close();
    }
  } catch (thrown) {
    return explain(thrown);
  }
}

/** What a terminal that shows no more than ASCII is sent; undefined: the text as it is. */
async function drawing(): Promise<((text: string) => string) | undefined> {
  return onlyAscii(process.env) ? (await import('./text/ascii.ts')).ascii : undefined;
}

async function readAnyLine(argv: readonly string[]): Promise<Invocation | null> {
  const { readCommandLine } = await import('./commands/program.ts');
  const out = outputTo('stdout', !argv.includes('--no-color'), () => {});
  return readCommandLine(argv, table, globalOptions, {
    version: packageJson.version,
    columns: out.columns,
    color: out.color,
    write: (text) => out.write(text),
    paint: (style, text) => styleText(style === 'title' ? 'bold' : 'cyan', text),
  });
}

function explain(thrown: unknown): number {
  if (thrown instanceof Interrupted) return thrown.exitCode;
  const stderr = outputTo('stderr', false, () => {});
  const say = (text: string) => stderr.write(`oncall: ${safeText(text)}\n`);
  if (thrown instanceof UsageError || thrown instanceof ConfigError) {
    for (const line of thrown.message.split('\n')) say(line);
    return USAGE;
  }
  if (thrown instanceof Failure) {
    say(`${thrown.system}: ${thrown.message}`);
    return thrown.code === 'not_configured' ? USAGE : UNKNOWN;
  }
  say(`this is a fault of oncall itself: ${faultLine(thrown)}`);
  return SOFTWARE;
}

/** What went wrong, and where: the first line of the stack's own. */
function faultLine(thrown: unknown): string {
  if (!(thrown instanceof Error)) return String(thrown);
  const [, place = ''] = (thrown.stack ?? '').split('\n    ');
  return `${thrown.name}: ${thrown.message} ${place === '' ? '' : `(${place})`}`.trimEnd();
}
