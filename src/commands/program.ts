import { Argument, Command, CommanderError, Option } from 'commander';
import { didYouMean } from '../insight/nearest.ts';
import { UsageError } from './exit.ts';
import type { Arguments, CommandRow, OptionRow, Options } from './row.ts';

/** What was typed, understood. */
export interface Invocation {
  /** null: `oncall` alone. */
  readonly row: CommandRow | null;
  readonly args: Arguments;
  readonly options: Options;
  readonly global: GlobalOptions;
}

export interface GlobalOptions {
  readonly config?: string;
  readonly readOnly?: boolean;
  readonly color?: boolean;
}

export interface ProgramOutput {
  readonly version: string;
  readonly write: (text: string) => void;
  readonly columns: number;
  readonly color: boolean;
  readonly paint: (style: 'title' | 'name', text: string) => string;
}

/** Reads a command line; null when help or the version was printed instead. Throws a UsageError. */
export function readCommandLine(
  argv: readonly string[],
  rows: readonly CommandRow[],
  globalOptions: readonly OptionRow[],
  output: ProgramOutput,
): Invocation | null {
  let found: Invocation | null = null;
  const program = root(output);
  for (const { flags, help } of globalOptions) program.option(flags, help);
  const names = rows.map((row) => row.name);
  program.action(() => {
    const [first] = program.args;
    if (first !== undefined) throw new UsageError(notKnown(program, first, names));
    found = { row: null, args: [], options: {}, global: program.opts() };
  });
  for (const row of rows) {
    const command = subcommand(program, row);
    command.action(() => {
      found = { row, args: command.args, options: command.opts(), global: program.opts() };
    });
  }
  try {
    program.parse(argv, { from: 'user' });
  } catch (thrown) {
    if (!(thrown instanceof CommanderError)) throw thrown;
    if (thrown.exitCode === 0) return null;
    throw new UsageError(`${oneLine(thrown.message)}. See ${helpOf(argv, names)}`);
  }
  return found;
}

function root(output: ProgramOutput): Command {
  return new Command('oncall')
    .description(
      'A cockpit for developers on call: incidents, deploys, fleet and logs, and the keys that end it.',
    )
    .usage('[command] [options]')
    .version(output.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print help')
    .helpCommand('help [command]', 'print help of a command')
    .allowUnknownOption()
    .allowExcessArguments()
    .addHelpText('after', '\nWithout a command: the cockpit on a terminal, otherwise the same as status.')
    .configureOutput({
      writeOut: output.write,
      writeErr: () => {},
      getOutHelpWidth: () => output.columns || 100,
      getOutHasColors: () => output.color,
    })
    .configureHelp({
      showGlobalOptions: true,
      styleTitle: (text) => output.paint('title', text),
      styleSubcommandText: (text) => output.paint('name', text),
      styleOptionText: (text) => output.paint('name', text),
    })
    .exitOverride();
}

function subcommand(program: Command, row: CommandRow): Command {
  const command = program
    .command(row.name, { hidden: row.hidden === true })
    .helpGroup(`${row.group}:`)
    .description(row.note === undefined ? row.help : `${row.help}.\n${row.note}`)
    .summary(row.help)
    .allowExcessArguments(false);
  for (const { name, help } of row.arguments) command.addArgument(new Argument(name, help));
  for (const each of row.options) {
    const option = new Option(each.flags, each.help);
    if (each.default !== undefined) option.default(each.default);
    if (each.choices !== undefined) option.choices(each.choices);
    command.addOption(option);
  }
  if (row.examples !== undefined) {
    const width = Math.max(...row.examples.map(([line]) => line.length));
    const lines = row.examples.map(([line, meaning]) => `  ${line.padEnd(width)}  ${meaning}`);
    command.addHelpText('after', ['', 'Examples:', ...lines].join('\n'));
  }
  return command;
}

function notKnown(program: Command, typed: string, names: readonly string[]): string {
  if (!typed.startsWith('-')) {
    return `unknown command '${typed}'.${didYouMean(typed, names)} See oncall --help`;
  }
  const options = program.options.map((option) => option.long ?? option.flags);
  return `unknown option '${typed}'.${didYouMean(typed, [...options, '--help'])} See oncall --help`;
}

function helpOf(argv: readonly string[], names: readonly string[]): string {
  const command = argv.find((word) => names.includes(word));
  return command === undefined ? 'oncall --help' : `oncall ${command} --help`;
}

function oneLine(message: string): string {
  return message
    .replace(/^error: /, '')
    .replaceAll('\n', ' ')
    .replace(/\.$/, '');
}
