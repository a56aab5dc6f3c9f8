import type { Changes } from '../../../../src/model/changes.ts';
import { ownText } from '../../../../src/model/safe-text.ts';
import type { Case } from './case.ts';
import { labels } from './facts.ts';
import { labelled } from './image-cases.ts';

export const between = (migrations: readonly string[], own: Partial<Changes> = {}) =>
  ({
    kind: 'read',
    undone: {
      from: '1.0.282',
      to: '1.0.283',
      repository: ownText('harbour/charge-central'),
      ahead: 1,
      behind: 0,
      commits: [],
      complete: true,
      pullRequests: [],
      files: [],
      filesComplete: true,
      migrations: migrations.map(ownText),
      url: null,
      ...own,
    },
    brought: null,
  }) as const;

/** What files between two versions add to what labels say. */
export const MIGRATION_CASES: readonly Case[] = [
  [
    'migrations',
    'pass',
    { changes: between([]) },
    'oncall.queues 5. No file that differs migrates a database.',
  ],
  ['migrations', 'pass', { changes: { kind: 'unread', why: 'no answer' } }, 'oncall.queues 5.'],
  ['migrations', 'pass', { changes: between([], { filesComplete: false }) }, 'works with the same'],
  ['migrations', 'pass', { changes: between([], { behind: 2 }) }, 'works with the same'],
  [
    'migrations',
    'warn',
    { changes: between(['db/migrate/1.rb', 'db/schema.rb']) },
    'though the labels say the same of both (oncall.database 14, oncall.queues 5): db/migrate/1.rb, db/schema.rb changed',
  ],
  [
    'migrations',
    'warn',
    { ...labelled({ to: labels('13', '5') }), changes: between(['db/migrate/1.rb']) },
    'oncall.database is 14 in 1.0.283, 13 in 1.0.282; db/migrate/1.rb changed',
  ],
  [
    'migrations',
    'warn',
    {
      ...labelled({ from: null, to: null }),
      changes: between(['a', 'b', 'c', 'd', 'e'].map((name) => `db/migrate/${name}`)),
    },
    'A migration lies between: db/migrate/a, db/migrate/b, db/migrate/c and 2 more changed',
  ],
  [
    'migrations',
    'warn',
    { ...labelled({ from: null, to: null }), changes: between([]) },
    'ask whoever wrote 1.0.283. No file that differs migrates a database. Label images',
  ],
  [
    'migrations',
    'warn',
    { labels: { kind: 'unread', why: 'no answer.' }, changes: between(['db/migrate/1.rb']) },
    'and the labels of the images could not be read (no answer): db/migrate/1.rb changed',
  ],
  [
    'migrations',
    'warn',
    { migrationLabels: [], changes: between(['db/migrate/1.rb']) },
    'A migration lies between: db/',
  ],
];
