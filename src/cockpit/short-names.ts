/**
 * Names that fit in so many columns, each still another one: every word of a name keeps its beginning
 * (`statement-store` is `stat-sto` in eight). The same for the same names, in whatever order they come.
 */
export function shortNames(names: readonly string[], columns: number): ReadonlyMap<string, string> {
  const short = new Map<string, string>();
  const taken = new Set<string>();
  for (const name of [...names].sort()) {
    const fits = shortened(name, columns);
    let own = fits;
    for (let n = 2; taken.has(own); n += 1) own = `${fits.slice(0, columns - String(n).length)}${n}`;
    taken.add(own);
    short.set(name, own);
  }
  return short;
}

function shortened(name: string, columns: number): string {
  if (name.length <= columns) return name;
  const words = name.split('-');
  const room = columns - (words.length - 1);
  if (room < words.length) return name.slice(0, columns);
  const lengths = words.map(() => 0);
  for (let left = room; left > 0; ) {
    const before = left;
    for (const [index, word] of words.entries()) {
      const length = lengths[index] ?? 0;
      if (left === 0 || length >= word.length) continue;
      lengths[index] = length + 1;
      left -= 1;
    }
    if (left === before) break;
  }
  return words.map((word, index) => word.slice(0, lengths[index])).join('-');
}
