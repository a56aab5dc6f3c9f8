import type { LoadedConfig } from '../config/types.ts';
import type { Systems } from '../model/ports/index.ts';

/** One command as data: what is typed, what help says, and the module that is loaded only when it is called. */
export interface CommandRow {
  readonly name: string;
  readonly group: 'Look' | 'Act' | 'Set up';
  /** One line, without a full stop. */
  readonly help: string;
  /** Whole sentences under it, such as whether it can be taken back. */
  readonly note?: string;
  readonly arguments: readonly ArgumentRow[];
  readonly options: readonly OptionRow[];
  /** Whole command lines, each with a word on what it does. */
  readonly examples?: readonly (readonly [line: string, meaning: string])[];
  /** For programs: neither help nor completion tells of it. */
  readonly hidden?: true;
  readonly load: () => Promise<CommandModule>;
}

export interface ArgumentRow {
  /** `<service>` is required, `[version]` is not, `<id...>` takes the rest. */
  readonly name: string;
  readonly help: string;
}

export interface OptionRow {
  /** `--json`, `-f, --follow`, `--env <name>`. */
  readonly flags: string;
  readonly help: string;
  readonly default?: string;
  readonly choices?: readonly string[];
}

/** Arguments in the order typed; an optional one that is missing is not there. */
export type Arguments = readonly string[];
/** By long name in camelCase: `--to` is `to`; a flag is true, an option its text. */
export type Options = Readonly<Record<string, string | boolean | undefined>>;

export interface CommandModule {
  /** Resolves with the exit code. A thrown UsageError, ConfigError or Failure becomes one line and its code. */
  run(context: Context, args: Arguments, options: Options): Promise<number>;
}

/** What every command is given; nothing in it is read or opened before it is asked for. */
export interface Context {
  /** `--config`; undefined: the usual places. */
  readonly configFile: string | undefined;
  /** `--read-only` was given, or ONCALL_READ_ONLY is set; the config may say so too. */
  readonly readOnly: boolean;
  readonly env: NodeJS.ProcessEnv;
  /** Data. */
  readonly stdout: Output;
  /** Messages. */
  readonly stderr: Output;
  /** Read once, then remembered. */
  config(): Promise<LoadedConfig>;
  /** Opened once; closed by main when the command has ended. */
  systems(): Promise<Systems>;
  /**
   * Aborted by Ctrl-C, SIGTERM, SIGHUP and by a closed standard output, its reason an `Interrupted`.
   * Without a call of this, signals end the process as usual.
   */
  stopSignal(): AbortSignal;
}

export interface Output {
  readonly isTerminal: boolean;
  /** Width in columns; 0: no terminal, so nothing is cut to fit. */
  readonly columns: number;
  readonly rows: number;
  readonly color: boolean;
  write(text: string): void;
}

/** Why `stopSignal` was aborted; 128 + the signal's number, 0 for a closed output. */
export class Interrupted extends Error {
  override readonly name = 'Interrupted';
  readonly exitCode: number;

  constructor(exitCode: number) {
    super('interrupted');
    this.exitCode = exitCode;
  }
}

export function flag(options: Options, name: string): boolean {
  return options[name] === true;
}

export function optionText(options: Options, name: string): string | undefined {
  const value = options[name];
  return typeof value === 'string' ? value : undefined;
}
