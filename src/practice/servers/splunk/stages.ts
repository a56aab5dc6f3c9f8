import { matches, type Row } from './event.ts';
import { withFields } from './field-stages.ts';
import type { Command, SortKey } from './spl/pipeline.ts';
import { flush, type Stage, type TimeRange } from './stage.ts';
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
      return stats(command.as, command.by, next);
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

function stats(as: string, by: readonly string[], next: Stage): Stage {
  const groups = new Map<string, { row: Row; count: number }>();
  return {
    push(row) {
      // A row without one of the fields belongs to no group.
      if (by.some((field) => row[field] === undefined)) return true;
      const group = pick(row, by);
      const key = JSON.stringify(group);
      const known = groups.get(key);
      if (known === undefined) groups.set(key, { row: group, count: 1 });
      else known.count++;
      return true;
    },
    end() {
      if (by.length === 0 && groups.size === 0) return flush([{ [as]: '0' }], next);
      const rows = [...groups.values()].map(({ row, count }) => ({ ...row, [as]: String(count) }));
      flush(rows.sort(byKeys(by.map((field) => ({ field, descending: false })))), next);
    },
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
