import { badSearch } from '../refusal.ts';
import { tokenize } from './tokens.ts';

/** Search Reference, commands `top` and `rare`: how often each combination of values comes, at most `limit` of them. */
export interface RankCommand {
  readonly name: 'top' | 'rare';
  readonly limit: number;
  readonly fields: readonly string[];
}

/** Search Reference, command `dedup`: of each combination of values the first ones, here the newest. */
export interface DedupCommand {
  readonly name: 'dedup';
  readonly count: number;
  readonly fields: readonly string[];
}

/** Search Reference, command `rename`. */
export interface RenameCommand {
  readonly name: 'rename';
  /** Old names with their new ones. */
  readonly fields: ReadonlyMap<string, string>;
}

export function parseRank(name: 'top' | 'rare', args: string): RankCommand {
  const [, limit = '10', list = ''] = /^(?:(?:limit\s*=\s*)?(\d+)\b)?\s*([\s\S]*)$/.exec(args) ?? [];
  return { name, limit: Number(limit) || Infinity, fields: fieldsOf(name, list) };
}

export function parseDedup(args: string): DedupCommand {
  const [, count = '1', list = ''] = /^(?:(\d+)\b)?\s*([\s\S]*)$/.exec(args) ?? [];
  return { name: 'dedup', count: Number(count), fields: fieldsOf('dedup', list) };
}

export function parseRename(args: string): RenameCommand {
  const words = tokenize(args).map(({ text }) => text);
  const fields = new Map<string, string>();
  for (let at = 0; at < words.length; at += 3) {
    const [from, as, to] = words.slice(at, at + 3);
    if (from === undefined || to === undefined || as?.toLowerCase() !== 'as') {
      throw badSearch("Error in 'rename' command: Usage: rename [old_name AS/TO/-> new_name]+.");
    }
    fields.set(from, to);
  }
  return { name: 'rename', fields };
}

function fieldsOf(command: string, list: string): string[] {
  const names = tokenize(list).map(({ text }) => text);
  if (names.length === 0) throw badSearch(`Error in '${command}' command: No fields were specified.`);
  return names;
}
