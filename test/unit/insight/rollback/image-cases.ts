import type { RollbackFacts } from '../../../../src/insight/rollback/facts.ts';
import { HOUR } from '../../../../src/model/instant.ts';
import { ownText } from '../../../../src/model/safe-text.ts';
import type { Case } from './case.ts';
import { labels, NOW } from './facts.ts';

const image = (hoursAgo: number): RollbackFacts['image'] => ({
  kind: 'found',
  image: { version: ownText('1.0.282'), digest: ownText('sha256:aabbcc'), pushedAt: NOW - hoursAgo * HOUR },
});
export const read = (digests: readonly string[]) => ({ kind: 'read', looked: 3, tried: 3, digests }) as const;
export const labelled = (own: Partial<Extract<RollbackFacts['labels'], { kind: 'read' }>>) => ({
  labels: { kind: 'read', from: labels('14', '5'), to: labels('14', '5'), ...own } as const,
});

/** What is judged by the registry, and by what runs. */
export const IMAGE_CASES: readonly Case[] = [
  ['image-exists', 'pass', {}, '1.0.282 is in the registry'],
  ['image-exists', 'block', { image: { kind: 'missing', nearest: ['1.0.281'] } }, 'It has 1.0.281'],
  ['image-exists', 'block', { image: { kind: 'unread', why: 'no answer' } }, 'no answer'],
  ['same-image', 'pass', { image: image(21) }, 'not moved'],
  ['same-image', 'warn', { image: image(1) }, 'newer than its deploy'],
  ['same-image', 'pass', {}, 'and 1.0.283 names what runs now'],
  ['same-image', 'pass', { running: { kind: 'not_configured' } }, 'not moved since it was deployed.'],
  ['same-image', 'warn', { running: read(['sha256:aabbcc']) }, 'going back to it changes nothing'],
  ['same-image', 'warn', { fromDigest: 'sha256:99' }, 'The tag 1.0.283 names another image now'],
  [
    'same-image',
    'pass',
    { running: read(['sha256:aabbcc', 'sha256:ddeeff']) },
    'The tag 1.0.282 was not moved',
  ],
  ['same-image', 'skipped', { deploys: null }, 'cannot be told'],
  ['migrations', 'pass', {}, 'works with the same as 1.0.283: oncall.database 14, oncall.queues 5'],
  [
    'migrations',
    'warn',
    labelled({ to: labels('13', '5') }),
    'oncall.database is 14 in 1.0.283, 13 in 1.0.282',
  ],
  [
    'migrations',
    'warn',
    labelled({ to: new Map([['oncall.queues', ownText('5')]]) }),
    'oncall.database is 14 in 1.0.283, not set in 1.0.282',
  ],
  [
    'migrations',
    'warn',
    labelled({ from: new Map(), to: null }),
    'ask whoever wrote 1.0.283. Label images with oncall.database and oncall.queues',
  ],
  [
    'migrations',
    'warn',
    { labels: { kind: 'unread', why: 'your role lacks ecr:BatchGetImage.' } },
    '(the labels of the images could not be read: your role lacks ecr:BatchGetImage): ask',
  ],
  ['migrations', 'skipped', { migrationLabels: [] }, 'migration_labels is empty'],
  ['migrations', 'skipped', { to: null }, 'No version'],
  ['contracts', 'skipped', { contracts: { kind: 'not_configured' } }, 'No contract broker'],
  ['contracts', 'pass', {}, '1.0.282 fits'],
  [
    'contracts',
    'warn',
    { contracts: { kind: 'answered', fits: false, why: 'ledger-api 2.1 expects more.' } },
    'ledger-api 2.1 expects more',
  ],
  ['contracts', 'warn', { contracts: { kind: 'unread', why: 'no answer.' } }, 'not known: no answer'],
];
