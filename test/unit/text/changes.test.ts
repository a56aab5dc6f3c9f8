import { expect, test } from 'vitest';
import type { Changes, Commit } from '../../../src/model/changes.ts';
import { ownText } from '../../../src/model/safe-text.ts';
import { changesSummary, undoneLine } from '../../../src/text/changes.ts';

const commit = (author: string): Commit => ({
  sha: ownText('a'.repeat(40)),
  title: ownText('Title'),
  author: ownText(author),
  at: null,
  pullRequest: null,
  url: null,
});
const pull = (number: number, title: string) => ({ number, title: ownText(title), author: null, url: null });

function changes(own: Partial<Changes> = {}): Changes {
  return {
    from: '1.0.282',
    to: '1.0.283',
    repository: ownText('harbour/charge-central'),
    ahead: 3,
    behind: 0,
    commits: [commit('dora'), commit('anya'), commit('dora')],
    complete: true,
    pullRequests: [pull(1412, 'Amounts as Money')],
    files: [{ path: ownText('a.rb'), status: ownText('modified'), additions: 1, deletions: 0 }],
    filesComplete: true,
    migrations: [],
    url: null,
    ...own,
  };
}

test('who wrote it: one or two by name, more by number', () => {
  expect(changesSummary(changes())).toBe('3 commits by dora and anya, 1 pull request, 1 file');
  expect(changesSummary(changes({ ahead: 1, commits: [commit('dora')], pullRequests: [] }))).toBe(
    '1 commit by dora, 1 file',
  );
  const many = changes({
    ahead: 812,
    complete: false,
    commits: ['a', 'b', 'c'].map(commit),
    filesComplete: false,
  });
  expect(changesSummary(many)).toBe(
    '812 commits (3 of them read) by 3 people, 1 pull request, more than 1 file',
  );
});

test('what a rollback undoes', () => {
  expect(undoneLine(changes(), null)).toBe(
    'It undoes 3 commits by dora and anya, 1 pull request, 1 file: #1412 Amounts as Money.',
  );
  const migrations = ['db/migrate/1.rb', 'db/schema.rb'].map(ownText);
  expect(undoneLine(changes({ migrations }), null)).toMatch(
    /It touches db\/migrate\/1\.rb and db\/schema\.rb\.$/,
  );
  const pullRequests = [5, 4, 3, 2, 1].map((number) => pull(number, 'x'.repeat(90)));
  expect(undoneLine(changes({ pullRequests }), null)).toMatch(/: #5 x+…; #4 x+…; #3 x+…; 2 more\.$/);
});

test('forward, apart, and the same', () => {
  const nothing = changes({ ahead: 0, behind: 3, commits: [], pullRequests: [], files: [] });
  expect(undoneLine(nothing, changes())).toMatch(/^It brings 3 commits by dora and anya/);
  expect(undoneLine(nothing, null)).toBe('It brings 3 commits, which could not be read.');
  expect(undoneLine(changes({ behind: 1 }), changes({ ahead: 1, commits: [commit('kofi')] }))).toMatch(
    /^It undoes 3 commits .* It brings 1 commit by kofi/,
  );
  expect(undoneLine({ ...nothing, behind: 0 }, null)).toBe('Both versions are made from the same commit.');
});
