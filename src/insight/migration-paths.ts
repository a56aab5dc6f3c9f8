/**
 * Whether a file's place says that it migrates a database, or describes it. A pattern with `/` at its end is a folder
 * at any depth (`db/migrate/`), another the end of a path (`schema.*`, `prisma/schema.prisma`); `*` stands for any
 * characters of one name.
 */
export function isMigration(path: string, patterns: readonly string[]): boolean {
  const names = path.toLowerCase().split('/');
  return patterns.some((pattern) => {
    const wanted = pattern
      .toLowerCase()
      .split('/')
      .filter((name) => name !== '');
    const last = names.length - wanted.length;
    const fits = (at: number) => wanted.every((name, index) => nameFits(names[at + index] ?? '', name));
    if (wanted.length === 0 || last < 0) return false;
    if (!pattern.endsWith('/')) return fits(last);
    // The file itself is no folder.
    return names.some((_, at) => at < last && fits(at));
  });
}

/** In linear time, whatever the pattern: each part is looked for behind the one before. */
function nameFits(name: string, pattern: string): boolean {
  const [first = '', ...rest] = pattern.split('*');
  const end = rest.pop();
  if (end === undefined) return name === first;
  if (!name.startsWith(first)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = name.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return name.length - end.length >= at && name.endsWith(end);
}
