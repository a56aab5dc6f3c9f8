import type { Changes, PullRequest } from '../model/changes.ts';
import { count } from './time.ts';
import { truncate } from './width.ts';

const TITLE = 60;
const PULLS_NAMED = 3;
const FILES_NAMED = 3;

/** `7 commits by 3 people, 2 pull requests, 12 files`. */
export function changesSummary(changes: Changes): string {
  const { ahead, commits, complete, pullRequests, files, filesComplete } = changes;
  if (ahead === 0) return 'no commits';
  const read = complete ? '' : ` (${commits.length} of them read)`;
  return [
    `${count(ahead, 'commit')}${read} by ${people(commits.map(({ author }) => author))}`,
    ...(pullRequests.length === 0 ? [] : [count(pullRequests.length, 'pull request')]),
    `${filesComplete ? '' : 'more than '}${count(files.length, 'file')}`,
  ].join(', ');
}

/** `touches db/migrate/20261110_a.rb and db/schema.rb`; null: nothing that migrates a database is known of it. */
export function migrationsTold({ migrations }: Pick<Changes, 'migrations'>): string | null {
  return migrations.length === 0 ? null : `touches ${filesNamed(migrations)}`;
}

/** The first few, and how many more there are. */
export function filesNamed(paths: readonly string[]): string {
  const more = paths.length - FILES_NAMED;
  const named = paths.slice(0, FILES_NAMED);
  return more > 0 ? `${named.join(', ')} and ${count(more, 'file')} more` : listed(named);
}

/**
 * What a change of version does to the source, for its plan: `It undoes 7 commits by 3 people, 2 pull requests, 12
 * files: #1412 Read amounts as Money; #1409 …. It touches db/migrate/….`
 * @param undone what is left behind
 * @param brought what comes with the other version; null: nothing, or it could not be read
 */
export function undoneLine(undone: Changes, brought: Changes | null): string {
  const told = [
    ...(undone.ahead > 0 ? [`It undoes ${sentence(undone)}`] : []),
    ...(brought !== null && brought.ahead > 0
      ? [`It brings ${sentence(brought)}`]
      : undone.behind > 0
        ? [`It brings ${count(undone.behind, 'commit')}, which could not be read.`]
        : []),
  ];
  return told.length === 0 ? 'Both versions are made from the same commit.' : told.join(' ');
}

function sentence(changes: Changes): string {
  const touched = migrationsTold(changes);
  const pulls = pullsNamed(changes.pullRequests);
  return `${changesSummary(changes)}${pulls === '' ? '' : `: ${pulls}`}.${touched === null ? '' : ` It ${touched}.`}`;
}

function pullsNamed(pulls: readonly PullRequest[]): string {
  const named = pulls
    .slice(0, PULLS_NAMED)
    .map(({ number, title }) => `#${number} ${truncate(title, TITLE)}`);
  const more = pulls.length - named.length;
  return [...named, ...(more > 0 ? [`${more} more`] : [])].join('; ');
}

/** One or two by name, more by number. */
function people(authors: readonly string[]): string {
  const names = [...new Set(authors)];
  return names.length > 2 ? count(names.length, 'person').replace(/persons$/, 'people') : listed(names);
}

function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} and ${last}`;
}
