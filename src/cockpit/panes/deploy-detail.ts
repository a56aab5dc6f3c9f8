import type { Changes } from '../../model/changes.ts';
import type { Deploy } from '../../model/deploy.ts';
import type { Instant } from '../../model/instant.ts';
import { changesSummary, filesNamed } from '../../text/changes.ts';
import { clock, day, duration } from '../../text/time.ts';
import { cell, type Line, wrap } from '../widgets/line.ts';

/** Columns of the labels in front of what is told of the deploy itself. */
function labelColumns(before: string | null): number {
  return Math.max(11, `since ${before ?? ''} `.length);
}

/** How a deploy went, and which version it took the place of. */
export function deployHead(deploy: Deploy, before: string | null, now: Instant, width: number): Line[] {
  const { version, status, startedAt, finishedAt, who, reference, waiting } = deploy;
  const began = day(startedAt, now);
  const at = began === clock(startedAt) ? began : `${began} ${clock(startedAt)}`;
  const took = duration((finishedAt ?? now) - startedAt);
  return [
    ...hanging(
      version,
      `${status.replaceAll('_', ' ')}, ${at} UTC, ${took}, by ${who}${reference === null ? '' : `, ${reference}`}`,
      labelColumns(before),
      width,
    ),
    ...(waiting === null
      ? []
      : hanging(
          'waits',
          `at “${waiting.label}” in ${waiting.system}; u lets it go on`,
          labelColumns(before),
          width,
          'warn',
        )),
    ...(before === null
      ? [[{ text: 'No version before it is known: what it changed cannot be told', tone: 'muted' as const }]]
      : []),
  ];
}

/** What it brought: a summary and what migrates first, then pull requests, commits and files. */
export function changesLines(changes: Changes, width: number): Line[] {
  const { from, pullRequests, commits, files, migrations, behind, url } = changes;
  const room = labelColumns(from);
  return [
    ...hanging(`since ${from}`, changesSummary(changes), room, width),
    ...(migrations.length > 0 ? hanging('migrates', filesNamed(migrations), room, width, 'warn') : []),
    ...(behind > 0 ? hanging('lacks', `${behind} commits that ${from} has`, room, width, 'warn') : []),
    ...pullRequests.flatMap(({ number, title, author }) =>
      hanging(`#${number}`, `${title}${author === null ? '' : ` (${author})`}`, 7, width),
    ),
    ...part('Commits', commits, ({ sha, author, title }) =>
      hanging(sha.slice(0, 7), `${author}: ${title}`, 9, width),
    ),
    ...part('Files', files, ({ path, status, additions, deletions }) =>
      hanging(status, `${path}  +${additions} −${deletions}`, 10, width),
    ),
    ...(url === null ? [] : [[], ...wrap(url, width).map((text): Line => [{ text, tone: 'muted' }])]),
  ];
}

function part<T>(title: string, items: readonly T[], lines: (item: T) => Line[]): Line[] {
  if (items.length === 0) return [];
  return [[], [{ text: title, bold: true }], ...items.flatMap(lines)];
}

/** A label with its text beside it, wrapped under itself. */
function hanging(label: string, text: string, indent: number, width: number, tone?: 'warn'): Line[] {
  const room = Math.max(indent, label.length + 1);
  return wrap(text, width - room).map((row, index) => [
    { text: cell(index === 0 ? label : '', room), tone: 'muted' },
    { text: row, ...(tone && { tone }) },
  ]);
}
