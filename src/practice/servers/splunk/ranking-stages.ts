import type { Row } from './event.ts';
import type { DedupCommand, RankCommand, RenameCommand } from './spl/ranking.ts';
import { flush, type Stage } from './stage.ts';

export function rank({ name, limit, fields }: RankCommand, next: Stage): Stage {
  const groups = new Map<string, { readonly row: Row; count: number }>();
  let all = 0;
  return {
    push(row) {
      const own = combination(row, fields);
      if (own === null) return true;
      const group = groups.get(own.key) ?? { row: own.row, count: 0 };
      group.count += 1;
      all += 1;
      groups.set(own.key, group);
      return true;
    },
    end() {
      const order = name === 'top' ? -1 : 1;
      const ranked = [...groups.values()].sort((one, other) => order * (one.count - other.count));
      const rows = ranked.slice(0, limit).map(({ row, count }) => ({
        ...row,
        count: String(count),
        percent: ((100 * count) / all).toFixed(6),
      }));
      flush(rows, next);
    },
  };
}

export function dedup({ count, fields }: DedupCommand, next: Stage): Stage {
  const seen = new Map<string, number>();
  return {
    push(row) {
      const own = combination(row, fields);
      if (own === null) return true;
      const before = seen.get(own.key) ?? 0;
      seen.set(own.key, before + 1);
      return before < count ? next.push(row) : true;
    },
    end: () => next.end(),
  };
}

export function renamed({ fields }: RenameCommand): (row: Row) => Row {
  return (row) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [fields.get(name) ?? name, value]));
}

/** null: the row lacks one of the fields. */
function combination(
  row: Row,
  fields: readonly string[],
): { readonly key: string; readonly row: Row } | null {
  const own: Row = {};
  for (const field of fields) {
    const value = row[field];
    if (value === undefined) return null;
    own[field] = value;
  }
  return { key: JSON.stringify(own), row: own };
}
