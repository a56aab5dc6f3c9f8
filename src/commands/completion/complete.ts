import type { CommandRow, OptionRow } from '../row.ts';

/** One word that may stand where the cursor is. */
export interface Candidate {
  readonly word: string;
  readonly meaning: string;
}

/** Names that are not in the table; each is looked up only when it is asked for. */
export interface Names {
  services(): Promise<readonly Candidate[]>;
  squads(): Promise<readonly Candidate[]>;
  duties(): Promise<readonly Candidate[]>;
  environments(): Promise<readonly Candidate[]>;
  incidents(): Promise<readonly Candidate[]>;
  /** Of that service, newest first. */
  versions(service: string, environment: string | null): Promise<readonly Candidate[]>;
  intents(): Promise<readonly Candidate[]>;
}

interface Line {
  readonly row: CommandRow;
  /** Arguments before the cursor. */
  readonly typed: readonly string[];
  /** Options before the cursor with their values, by flag. */
  readonly set: ReadonlyMap<string, string>;
  readonly names: Names;
}

type Lookup = (line: Line) => Promise<readonly Candidate[]> | readonly Candidate[];

const fixed = (...words: readonly string[]): readonly Candidate[] =>
  words.map((word) => ({ word, meaning: '' }));

const incidents: Lookup = ({ names }) => names.incidents();
const intents: Lookup = ({ names }) => names.intents();

const TIMES: Lookup = () => fixed('30m', '1h', '4h', '1d');

/** What stands for an argument, by its name in the table, or for an option's value, by flag and name. */
const LOOKUPS: Readonly<Record<string, Lookup>> = {
  '<service>': ({ names }) => names.services(),
  '[service...]': ({ names }) => names.services(),
  '<id>': incidents,
  '<id...>': incidents,
  '<incident>': incidents,
  '<id-and-squad...>': async ({ names, typed }) => [
    ...(await names.incidents()),
    ...(typed.length === 0 ? [] : [...(await names.squads()), ...(await names.duties())]),
  ],
  '[squad]': ({ names }) => names.squads(),
  '<time>': TIMES,
  '<do>': () => fixed('ack', 'downtime', 'assign'),
  '[what]': (line) => (line.typed[0] === 'assign' ? line.names.squads() : TIMES(line)),
  '[intent]': intents,
  '<shell>': () => fixed('bash', 'zsh', 'fish'),
  '--env <name>': ({ names }) => names.environments(),
  '--squad <name>': ({ names }) => names.squads(),
  '--since <time>': () => fixed('15m', '1h', '6h', '1d'),
  '--to <version>': ({ names, typed: [service], set }) =>
    service === undefined ? [] : names.versions(service, set.get('--env') ?? null),
  '--confirm <service>': ({ typed: [service] }) => (service === undefined ? [] : fixed(service)),
  '--confirm <word>': () => fixed('resolve'),
  '--incident <id>': incidents,
};

/** What may stand in place of the last word, which may be empty; the others are before it, without `oncall`. */
export async function complete(
  words: readonly string[],
  rows: readonly CommandRow[],
  globalOptions: readonly OptionRow[],
  names: Names,
): Promise<readonly Candidate[]> {
  const current = words.at(-1) ?? '';
  const before = words.slice(0, -1);
  const { row, typed, set, open } = read(before, rows, globalOptions);
  const [, flag = '', begun = ''] = /^(--[a-z-]+)=(.*)$/.exec(current) ?? [];
  if (row === null) {
    if (open !== null) return [];
    if (current.startsWith('-')) return starting(flags([...globalOptions, HELP]), current);
    return starting(
      rows.filter(({ hidden }) => hidden !== true).map(({ name, help }) => ({ word: name, meaning: help })),
      current,
    );
  }
  const line: Line = { row, typed, set, names };
  const options = [...row.options, ...globalOptions, HELP];
  if (open !== null) return starting(await valuesOf(open, line), current);
  const named = flag === '' ? undefined : options.find((option) => longOf(option) === flag);
  if (named !== undefined) {
    const values = starting(await valuesOf(named, line), begun);
    return values.map(({ word, meaning }) => ({ word: `${flag}=${word}`, meaning }));
  }
  if (current.startsWith('-')) {
    return starting(flags(options.filter((option) => !set.has(longOf(option)))), current);
  }
  const argument = row.arguments[typed.length] ?? lastIfRepeated(row);
  const lookup = argument === undefined ? undefined : LOOKUPS[argument.name];
  const found = lookup === undefined ? [] : await lookup(line);
  return starting(
    found.filter(({ word }) => !typed.includes(word)),
    current,
  );
}

const HELP: OptionRow = { flags: '-h, --help', help: 'print help' };

/** The command before the cursor, its arguments, and the option whose value is being typed (`open`). */
function read(before: readonly string[], rows: readonly CommandRow[], globalOptions: readonly OptionRow[]) {
  let row: CommandRow | null = null;
  let open: OptionRow | null = null;
  const typed: string[] = [];
  const set = new Map<string, string>();
  for (const word of before) {
    if (open !== null) {
      set.set(longOf(open), word);
      open = null;
    } else if (word.startsWith('-')) {
      const [name = '', value] = word.split(/=(.*)/s);
      const option = [...(row?.options ?? []), ...globalOptions].find((each) =>
        each.flags.split(/[ ,]+/).includes(name),
      );
      set.set(option === undefined ? name : longOf(option), value ?? '');
      if (option?.flags.endsWith('>') === true && value === undefined) open = option;
    } else if (row === null) row = rows.find(({ name }) => name === word) ?? NO_COMMAND;
    else typed.push(word);
  }
  return { row, typed, set, open };
}

/** What was typed is no command: nothing is known of what follows. */
const NO_COMMAND: CommandRow = {
  name: '',
  group: 'Look',
  help: '',
  arguments: [],
  options: [],
  load: () => Promise.reject(new Error('no command')),
};

function valuesOf(option: OptionRow, line: Line): Promise<readonly Candidate[]> | readonly Candidate[] {
  if (option.choices !== undefined) return fixed(...option.choices);
  return LOOKUPS[option.flags.replace(/^-\w, /, '')]?.(line) ?? [];
}

function flags(options: readonly OptionRow[]): readonly Candidate[] {
  return options.map((option) => ({ word: longOf(option), meaning: option.help }));
}

function longOf({ flags: text }: OptionRow): string {
  return /--[a-z-]+/.exec(text)?.[0] ?? text;
}

function lastIfRepeated(row: CommandRow) {
  const last = row.arguments.at(-1);
  return last?.name.includes('...') === true ? last : undefined;
}

function starting(candidates: readonly Candidate[], begun: string): readonly Candidate[] {
  return candidates.filter(({ word }) => word.startsWith(begun));
}
