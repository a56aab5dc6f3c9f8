import { describe, expect, it } from 'vitest';
import type { Changes } from '../../src/model/changes.ts';
import { Failure } from '../../src/model/failure.ts';
import { safeText } from '../../src/model/safe-text.ts';
import { Sitting } from './sitting.tsx';

const CHANGES: Changes = {
  from: '1.0.282',
  to: '1.0.283',
  repository: safeText('harbour/charge-central'),
  ahead: 1,
  behind: 0,
  commits: [
    {
      sha: safeText('edb95ee583dbe22d7f071bf50871008d57c1c4f6'),
      title: safeText('Amounts as Money (#1412)'),
      author: safeText('dora'),
      at: null,
      pullRequest: 1412,
      url: null,
    },
  ],
  complete: true,
  pullRequests: [{ number: 1412, title: safeText('Amounts as Money'), author: safeText('dora'), url: null }],
  files: [{ path: safeText('db/migrate/1.rb'), status: safeText('added'), additions: 7, deletions: 0 }],
  filesComplete: true,
  migrations: [safeText('db/migrate/1.rb')],
  url: null,
};

describe('what a deploy changed', () => {
  it('opens under the cursor, is read once, and closes again', async () => {
    const sitting = new Sitting();
    sitting.watch.changes('charge-central', '1.0.282', '1.0.283').set(CHANGES);
    await sitting.sees('SUSPECT 1.0.283');
    await sitting.press('2', 'z', 'Enter');
    await sitting.sees('2 Deploy ─ charge-central 1.0.283');
    await sitting.sees('1 commit by dora, 1 pull request, 1 file');
    await sitting.sees(/migrates\s+db\/migrate\/1\.rb/);
    await sitting.sees(/#1412\s+Amounts as Money \(dora\)/);
    await sitting.sees(/added\s+db\/migrate\/1\.rb {2}\+7 −0/);
    await sitting.press('h');
    await sitting.sees('SUSPECT 1.0.283');
    await sitting.press('Enter', 'q');
    await sitting.sees('SUSPECT 1.0.283');
    expect(sitting.quits).toBe(0);
  });

  it('says what it cannot tell: no earlier version, no answer', async () => {
    const sitting = new Sitting();
    await sitting.sees('SUSPECT 1.0.283');
    await sitting.press('2', 'z', 'j', 'Enter');
    await sitting.sees('No version before it is known');
    await sitting.press('Escape', 'k', 'Enter');
    await sitting.sees('reading…');
    sitting.watch
      .changes('charge-central', '1.0.282', '1.0.283')
      .fail(new Failure('github', 'not_found', 'harbour/charge-central has no v1.0.282'));
    await sitting.sees('github: harbour/charge-central has no v1.0.282');
  });

  it('another incident closes it', async () => {
    const sitting = new Sitting();
    await sitting.sees('SUSPECT 1.0.283');
    await sitting.press('2', 'Enter');
    await sitting.sees('Deploy ─ charge-central 1.0.283');
    await sitting.press('1', 'j');
    await sitting.seesNoMore('Deploy ─ charge-central 1.0.283');
  });
});
