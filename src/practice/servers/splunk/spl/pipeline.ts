import { badSearch, Refusal } from '../refusal.ts';
import { type Expression, parseClause, type SearchClause } from './expression.ts';
import { type FieldCommand, parseFieldCommand } from './field-commands.ts';
import { type BinCommand, type ClusterCommand, parseBin, parseCluster } from './grouping.ts';
import {
  type DedupCommand,
  parseDedup,
  parseRank,
  parseRename,
  type RankCommand,
  type RenameCommand,
} from './ranking.ts';
import { parseStats, type StatsCommand } from './stats.ts';
import { parseSpan } from './time.ts';
import { splitPipeline, tokenize } from './tokens.ts';

export interface SortKey {
  readonly field: string;
  readonly descending: boolean;
}

export type Command =
  | FieldCommand
  | { readonly name: 'search'; readonly where: Expression }
  | { readonly name: 'fields'; readonly remove: boolean; readonly fields: readonly string[] }
  | { readonly name: 'table'; readonly fields: readonly string[] }
  | { readonly name: 'head' | 'tail'; readonly count: number }
  | { readonly name: 'reverse' }
  | { readonly name: 'sort'; readonly count: number; readonly keys: readonly SortKey[] }
  | StatsCommand
  | RankCommand
  | DedupCommand
  | RenameCommand
  | BinCommand
  | ClusterCommand
  | { readonly name: 'timechart'; readonly spanMs: number | null; readonly by: string | null };

export interface Pipeline {
  readonly clause: SearchClause;
  readonly commands: readonly Command[];
  /** Every command as it was written: its name and what follows it. */
  readonly written: readonly { readonly name: string; readonly args: string }[];
}

/** Commands that write or run something: this user may not. */
const FORBIDDEN = new Set(
  'collect delete dump map mcollect meventcollect outputcsv outputlookup run runshellscript script sendalert sendemail tscollect'.split(
    ' ',
  ),
);

/** Parses a whole search; throws the `Refusal` that splunkd would answer. */
export function parsePipeline(search: string): Pipeline {
  const [first = '', ...rest] = splitPipeline(search);
  if (first === '' && rest.length === 0) throw badSearch('Empty search.');
  const parts = (first === '' ? rest : [first, ...rest]).map(nameAndArgs);
  const [head, ...later] = parts;
  for (const part of parts) checkName(part.name, search);
  if (head?.name !== 'search') {
    throw badSearch(
      `Error in '${head?.name}' command: This command must not be the first command of a search.`,
    );
  }
  return {
    clause: parseClause(head.args),
    commands: later.map(({ name, args }) => parseCommand(name, args)),
    written: parts,
  };
}

/** The part that yields events and the part that reports on them, as text. */
export function splitReport({ commands, written }: Pipeline): { events: string; report: string } {
  const first = commands.findIndex(isTransforming);
  const parts = written.map(({ name, args }) => `${name} ${args}`.trim());
  // `written` begins with the search command, which `commands` leaves out.
  const cut = first === -1 ? parts.length : first + 1;
  return { events: parts.slice(0, cut).join(' | '), report: parts.slice(cut).join(' | ') };
}

/** The fields of events that the commands can see; null: all. What nobody reads need not be extracted. */
export function fieldsRead(commands: readonly Command[]): readonly string[] | null {
  const [command] = commands.filter(({ name }) => name !== 'head' && name !== 'tail' && name !== 'reverse');
  const names = command === undefined ? null : namesOf(command);
  return names?.some((name) => name.includes('*')) === true ? null : names;
}

function namesOf(command: Command): readonly string[] | null {
  switch (command.name) {
    case 'fields':
      return command.remove ? null : ['_raw', '_time', ...command.fields];
    case 'table':
      return command.fields;
    case 'stats':
      return [...command.by, ...command.terms.map(({ field }) => field).filter((field) => field !== null)];
    case 'top':
    case 'rare':
      return command.fields;
    case 'timechart':
      return command.by === null ? ['_time'] : ['_time', command.by];
    default:
      return null;
  }
}

/** The rows of such a command are no events any more. */
export function isTransforming(command: Command): boolean {
  return ['stats', 'timechart', 'table', 'top', 'rare'].includes(command.name);
}

function nameAndArgs(part: string): { name: string; args: string } {
  const name = /^[\w-]*/.exec(part)?.[0] ?? '';
  return { name: name.toLowerCase(), args: part.slice(name.length).trim() };
}

const KNOWN = new Set(
  'search fields table head tail reverse sort stats timechart rex eval fillnull bin bucket cluster top rare dedup rename'.split(
    ' ',
  ),
);

function checkName(name: string, search: string): void {
  if (name === '') {
    throw badSearch(
      `Error in 'SearchParser': Missing a search command before '|'. Error at position '${search.indexOf('|')}' of search query '${search.slice(0, 80)}'.`,
    );
  }
  if (FORBIDDEN.has(name)) {
    throw new Refusal(
      403,
      'FATAL',
      `Error in '${name}' command: You have insufficient privileges to run this command.`,
    );
  }
  if (!KNOWN.has(name)) throw badSearch(`Unknown search command '${name}'.`);
}

function parseCommand(name: string, args: string): Command {
  const giving = parseFieldCommand(name, args);
  if (giving !== null) return giving;
  switch (name) {
    case 'search':
      return { name, where: parseClause(args).where };
    case 'fields': {
      const [, sign, names = ''] = /^([+-]?)\s*([\s\S]*)$/.exec(args) ?? [];
      return { name, remove: sign === '-', fields: required(name, names) };
    }
    case 'table':
      return { name, fields: required(name, args) };
    case 'head':
    case 'tail':
      return { name, count: count(name, args.replace(/^limit\s*=\s*/, '')) };
    case 'reverse':
      return { name };
    case 'sort':
      return parseSort(args);
    case 'stats':
      return parseStats(args);
    case 'bin':
    case 'bucket':
      return parseBin(args);
    case 'cluster':
      return parseCluster(args);
    case 'top':
    case 'rare':
      return parseRank(name, args);
    case 'dedup':
      return parseDedup(args);
    case 'rename':
      return parseRename(args);
    default:
      return parseTimechart(args);
  }
}

function count(command: string, args: string): number {
  if (args === '') return 10;
  if (!/^\d+$/.test(args))
    throw badSearch(`Error in '${command}' command: The argument '${args}' is invalid.`);
  return Number(args);
}

function parseSort(args: string): Command {
  const [, limit, keys = ''] = /^(?:limit\s*=\s*)?(\d+\b)?\s*([\s\S]*)$/.exec(args) ?? [];
  const parsed = [...keys.matchAll(/([+-]?)\s*("[^"]*"|[^\s,+-][^\s,]*)/g)].map(([, sign, field = '']) => ({
    field: field.replace(/^\w+\((.*)\)$/, '$1').replaceAll('"', ''),
    descending: sign === '-',
  }));
  if (parsed.length === 0) throw badSearch("Error in 'sort' command: No fields were specified.");
  // `sort 0` keeps every row; without a number 10000 are kept (Search Reference, command `sort`).
  return { name: 'sort', count: limit === undefined ? 10_000 : Number(limit) || Infinity, keys: parsed };
}

function parseTimechart(args: string): Command {
  const parsed = /^(?:span\s*=\s*(\w+)\s+)?count(?:\(\))?(?:\s+by\s+(\S+))?$/i.exec(args);
  const spanMs = parsed?.[1] === undefined ? null : parseSpan(parsed[1]);
  if (parsed === null || (parsed[1] !== undefined && spanMs === null)) {
    throw badSearch(`Error in 'timechart' command: The argument '${args}' is invalid.`);
  }
  return { name: 'timechart', spanMs, by: parsed[2] ?? null };
}

function required(command: string, text: string): string[] {
  const names = tokenize(text).map((token) => token.text);
  if (names.length === 0) throw badSearch(`Error in '${command}' command: Invalid argument: ''`);
  return names;
}
