import { varies, WILD } from './varies.ts';

/** Masked lines that are one pattern. */
export interface Cluster {
  readonly tokens: readonly string[];
  /** Indices into what was given. */
  readonly members: readonly number[];
}

const MANY_WORDS = 3;
const MANY_WORDS_LOOSE = 6;
const SIMILAR = 0.5;
/** Groups of a leaf that a line is compared with: the cost of a leaf grows with its lines, not with their square. */
const MOST_COMPARED = 128;

/**
 * Clusters masked lines, each different, into patterns; the same for any order of them. First, lines that differ in
 * one place only are one pattern where that place holds values. Then those that differ in several go down a tree of
 * fixed depth (number of tokens, first token) to a leaf, there to the group that is most similar to them, as in
 * P. He, J. Zhu, Z. Zheng, M. R. Lyu, "Drain: An Online Log Parsing Approach with Fixed Depth Tree", ICWS 2017
 * (https://doi.org/10.1109/ICWS.2017.13); a group is divided again by each place that tells messages apart.
 */
export function clusters(lines: readonly string[]): readonly Cluster[] {
  const order = lines.map((_, index) => index).sort((a, b) => compare(lines[a] ?? '', lines[b] ?? ''));
  const byLength = new Map<number, Cluster[]>();
  for (const index of order) {
    const tokens = (lines[index] ?? '').split(' ');
    push(byLength, tokens.length, { tokens, members: [index] });
  }
  const found = [...byLength.values()].flatMap((same) => leaves(siblings(same)).flatMap(grouped));
  return byTemplate(found);
}

function siblings(given: readonly Cluster[]): readonly Cluster[] {
  const columns = given[0]?.tokens.length ?? 0;
  let items = given;
  for (let round = 0; round < 3; round++) {
    const before = items.length;
    for (let column = columns - 1; column >= 0 && items.length > 1; column--) items = merged(items, column);
    if (items.length === before) break;
  }
  return items;
}

function merged(items: readonly Cluster[], column: number): readonly Cluster[] {
  const alike = new Map<string, Cluster[]>();
  for (const item of items) {
    const others = item.tokens.with(column, '');
    push(alike, others.join(' '), item);
  }
  if (alike.size === items.length) return items;
  return [...alike.values()].flatMap((same) => {
    if (same.length === 1 || !varies(valuesOf(same, column), column, MANY_WORDS)) return same;
    return [joined(same)];
  });
}

function leaves(items: readonly Cluster[]): readonly (readonly Cluster[])[] {
  const byFirst = new Map<string, Cluster[]>();
  for (const item of items) {
    const [first = ''] = item.tokens;
    push(byFirst, first.includes(WILD) ? WILD : first, item);
  }
  return [...byFirst.values()];
}

function grouped(leaf: readonly Cluster[]): readonly Cluster[] {
  const groups: Cluster[][] = [];
  for (const item of leaf) {
    let [best, highest]: [Cluster[] | null, number] = [null, 0];
    for (const group of groups.slice(-MOST_COMPARED)) {
      const found = similarity(group[0]?.tokens ?? [], item.tokens);
      if (found > highest) [best, highest] = [group, found];
    }
    if (best !== null && highest >= SIMILAR) best.push(item);
    else groups.push([item]);
  }
  return groups.flatMap(divided);
}

/** The share of tokens that are the same, without those that are values in either. */
function similarity(a: readonly string[], b: readonly string[]): number {
  let [same, told] = [0, 0];
  for (let index = 0; index < a.length; index++) {
    if (a[index] === WILD || b[index] === WILD) continue;
    told++;
    if (a[index] === b[index]) same++;
  }
  return told === 0 ? 0 : same / told;
}

function divided(group: readonly Cluster[]): readonly Cluster[] {
  if (group.length === 1) return group;
  let [column, fewest] = [-1, Number.POSITIVE_INFINITY];
  for (let index = 0; index < (group[0]?.tokens.length ?? 0); index++) {
    const values = valuesOf(group, index);
    if (values.size < 2 || varies(values, index, MANY_WORDS_LOOSE) || values.size >= fewest) continue;
    [column, fewest] = [index, values.size];
  }
  if (column < 0) return [joined(group)];
  const parts = new Map<string, Cluster[]>();
  for (const item of group) push(parts, item.tokens[column] ?? '', item);
  return [...parts.values()].flatMap(divided);
}

function valuesOf(items: readonly Cluster[], column: number): ReadonlySet<string> {
  return new Set(items.map(({ tokens }) => tokens[column] ?? ''));
}

function joined(items: readonly Cluster[]): Cluster {
  const tokens = (items[0]?.tokens ?? []).map((token, column) =>
    items.every((item) => item.tokens[column] === token) ? token : WILD,
  );
  return { tokens, members: items.flatMap(({ members }) => members) };
}

function byTemplate(found: readonly Cluster[]): readonly Cluster[] {
  const same = new Map<string, Cluster[]>();
  for (const item of found) push(same, item.tokens.join(' '), item);
  return [...same.values()].map((items) => joined(items));
}

function push<Key, Value>(map: Map<Key, Value[]>, key: Key, value: Value): void {
  const known = map.get(key);
  if (known === undefined) map.set(key, [value]);
  else known.push(value);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
