import type { ChangedFile, Changes } from '../model/changes.ts';
import { rfc3339 } from '../model/instant.ts';
import { changesSummary, filesNamed } from '../text/changes.ts';
import type { Paint } from '../text/paint.ts';
import { type Cell, tableLines } from '../text/table.ts';
import { dayAndClock } from '../text/time.ts';

/** Rows of each part; JSON has all. */
const SHOWN = 40;
const FILE_MARKS: Readonly<Record<string, string>> = {
  added: '+',
  removed: '-',
  modified: ' ',
  renamed: '→',
};

/** Summary, migrations, pull requests, commits and files, for a person. */
export function changesText(changes: Changes, columns: number, paint: Paint): readonly string[] {
  const { pullRequests, commits, files, migrations, behind, from, to, url } = changes;
  const summary = changesSummary(changes);
  const room = columns === 0 ? 0 : columns - 2;
  const part = <T>(
    title: string,
    items: readonly T[],
    cells: (item: T) => readonly Cell[],
    gives: number,
  ) => {
    if (items.length === 0) return [];
    const rows = items.slice(0, SHOWN).map(cells);
    const layout = (rows[0] ?? []).map((_, index) => ({ gives: index === gives }));
    const more = items.length - rows.length;
    return [
      '',
      paint('strong', title),
      ...tableLines(layout, rows, room, paint).map((line) => `  ${line}`),
      ...(more > 0 ? [paint('muted', `  … and ${more} more (--json has all)`)] : []),
    ];
  };
  return [
    summary.charAt(0).toUpperCase() + summary.slice(1),
    ...(migrations.length === 0
      ? ['No file that migrates a database is among them']
      : [paint('warn', `Migrations: ${filesNamed(migrations)}`)]),
    ...(behind > 0
      ? [paint('warn', `${from} has ${behind} commits that ${to} lacks: their files are not here`)]
      : []),
    ...(url === null ? [] : [paint('muted', url)]),
    ...part(
      'Pull requests, newest first',
      pullRequests,
      ({ number, title, author }) => [
        { text: `#${number}`, tone: 'accent' },
        { text: title },
        { text: author ?? '', tone: 'muted' },
      ],
      1,
    ),
    ...part(
      'Commits, newest first',
      commits,
      ({ sha, at, author, title }) => [
        { text: sha.slice(0, 8), tone: 'muted' },
        { text: at === null ? '' : dayAndClock(at), tone: 'muted' },
        { text: author },
        { text: title },
      ],
      3,
    ),
    ...part('Files', migrationsFirst(files, migrations), (file) => fileCells(file, migrations), 1),
  ];
}

function fileCells(
  { path, status, additions, deletions }: ChangedFile,
  migrations: readonly string[],
): Cell[] {
  return [
    { text: FILE_MARKS[status] ?? status, tone: status === 'removed' ? 'bad' : 'good' },
    { text: path, tone: migrations.includes(path) ? 'warn' : null },
    { text: `+${additions} −${deletions}`, tone: 'muted' },
  ];
}

function migrationsFirst(
  files: readonly ChangedFile[],
  migrations: readonly string[],
): readonly ChangedFile[] {
  const rank = ({ path }: ChangedFile) => (migrations.includes(path) ? 0 : 1);
  return files.toSorted((one, other) => rank(one) - rank(other));
}

/** As docs/contracts.md has it. */
export function jsonChanges(service: string, changes: Changes) {
  const { from, to, repository, ahead, behind, complete, commits, pullRequests, files, filesComplete } =
    changes;
  return {
    service,
    repository,
    from,
    to,
    ahead,
    behind,
    complete,
    authors: [...new Set(commits.map(({ author }) => author))],
    commits: commits.map(({ sha, at, author, title, pullRequest, url }) => ({
      sha,
      at: at === null ? null : rfc3339(at),
      author,
      title,
      pull_request: pullRequest,
      url,
    })),
    pull_requests: pullRequests,
    files,
    files_complete: filesComplete,
    migrations: changes.migrations,
    url: changes.url,
  };
}
