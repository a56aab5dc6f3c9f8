import { labelled } from './cluster.ts';
import { isoTime, matches, type Row } from './event.ts';
import { withFields } from './field-stages.ts';
import { dedup, rank, renamed } from './ranking-stages.ts';
import type { BinCommand } from './spl/grouping.ts';
import type { Command, SortKey } from './spl/pipeline.ts';
import type { StatsCommand } from './spl/stats.ts';
import { flush, type Stage, type TimeRange } from './stage.ts';
import { Tally } from './stats.ts';
import { createTimechart } from './timechart.ts';

/** Builds the chain of a pipeline's commands before `last`. */
export function chain(commands: readonly Command[], range: TimeRange, last: Stage): Stage {
  return commands.reduceRight((next, command) => createStage(command, range, next), last);
}

function createStage(command: Command, range: TimeRange, next: Stage): Stage {
  switch (command.name) {
    case 'search':
      return passing(next, (row) => (matches(command.where, (field) => row[field]) ? row : null));
    case 'fields':
      return passing(next, command.remove ? without(command.fields) : keepOnly(command.fields));
    case 'table':
      return passing(next, (row) => pick(row, command.fields));
    case 'rex':
    case 'eval':
    case 'fillnull':
      return passing(next, withFields(command));
    case 'head':
      return head(command.count, next);
    case 'tail':
      return collecting(next, (rows) => rows.slice(-command.count).reverse());
    case 'reverse':
      return collecting(next, (rows) => rows.reverse());
    case 'sort':
      return collecting(next, (rows) => rows.sort(byKeys(command.keys)).slice(0, command.count));
    case 'stats':
      return stats(command, next);
    case 'bin':
      return passing(next, binned(command));
    case 'cluster':
      return passing(next, labelled(command));
    case 'top':
    case 'rare':
      return rank(command, next);
    case 'dedup':
      return dedup(command, next);
    case 'rename':
      return passing(next, renamed(command));
    case 'timechart':
      return createTimechart(command, range, next);
  }
}

function passing(next: Stage, change: (row: Row) => Row | null): Stage {
  return {
    push(row) {
      const changed = change(row);
      return changed === null ? true : next.push(changed);
    },
    end: () => next.end(),
  };
}

function collecting(next: Stage, change: (rows: Row[]) => Row[]): Stage {
  const rows: Row[] = [];
  return {
    push: (row) => rows.push(row) > 0,
    end: () => flush(change(rows), next),
  };
}

function head(count: number, next: Stage): Stage {
  let left = count;
  return {
    push(row) {
      if (left <= 0) return false;
      left--;
      return next.push(row) && left > 0;
    },
    end: () => next.end(),
  };
}

function stats({ terms, by }: StatsCommand, next: Stage): Stage {
  const groups = new Map<string, { readonly row: Row; readonly tally: Tally }>();
  return {
    push(row) {
      // A row without one of the fields belongs to no group.
      if (by.some((field) => row[field] === undefined)) return true;
      const group = pick(row, by);
      const key = JSON.stringify(group);
      const known = groups.get(key) ?? { row: group, tally: new Tally(terms) };
      groups.set(key, known);
      known.tally.add(row);
      return true;
    },
    end() {
      if (by.length === 0 && groups.size === 0) return flush([new Tally(terms).row()], next);
      const rows = [...groups.values()].map(({ row, tally }) => ({ ...row, ...tally.row() }));
      flush(rows.sort(byKeys(by.map((field) => ({ field, descending: false })))), next);
    },
  };
}

/** Under its own name `_time` stays a time. */
function binned({ field, spanMs, as }: BinCommand): (row: Row) => Row {
  return (row) => {
    const time = row[field];
    if (time === undefined) return row;
    const begin = Math.floor(Date.parse(time) / spanMs) * spanMs;
    return { ...row, [as]: as === '_time' ? isoTime(begin) : String(begin / 1000) };
  };
}

/** `fields` keeps `_raw` and `_time` besides what it names (Search Reference, command `fields`). */
function keepOnly(fields: readonly string[]): (row: Row) => Row {
  return (row) => pick(row, ['_raw', '_time', ...fields]);
}

function without(fields: readonly string[]): (row: Row) => Row {
  return (row) => Object.fromEntries(Object.entries(row).filter(([field]) => !fields.includes(field)));
}

function pick(row: Row, fields: readonly string[]): Row {
  const picked: Row = {};
  for (const field of fields) {
    const names = field.includes('*')
      ? Object.keys(row).filter((name) => wildcard(field).test(name))
      : [field];
    for (const name of names) {
      const value = row[name];
      if (value !== undefined) picked[name] = value;
    }
  }
  return picked;
}

function wildcard(field: string): RegExp {
  const own = field.startsWith('_') ? '' : '(?!_)';
  return new RegExp(`^${own}${field.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`);
}

function byKeys(keys: readonly SortKey[]): (one: Row, other: Row) => number {
  return (one, other) => {
    for (const { field, descending } of keys) {
      const order = compare(one[field] ?? '', other[field] ?? '');
      if (order !== 0) return descending ? -order : order;
    }
    return 0;
  };
}

function compare(one: string, other: string): number {
  const difference = Number(one) - Number(other);
  if (one !== '' && other !== '' && !Number.isNaN(difference)) return difference;
  return one < other ? -1 : one > other ? 1 : 0;
}
