import { describe, expect, it } from 'vitest';
import { Failure } from '../../src/model/failure.ts';
import { FakeSource, FakeWatch } from './fakes.ts';
import { Sitting } from './sitting.tsx';

describe('O', () => {
  it('tells who is on call for the tribe and every squad, until when, and who has nobody', async () => {
    const at = new Sitting();
    await at.press('O');
    await at.sees('Who is on call');
    expect(at.lines[at.rowOf('Owl ')]).toMatch(/Owl +you, until 09:00/);
    expect(at.lines[at.rowOf('Billing ')]).toContain('Dora Lindqvist');
    expect(at.lines[at.rowOf('Ledger ')]).toContain('nobody at level 1');
    expect(at.text).toContain('Nobody is on call at level 1 of Ledger, Identity, Messaging');
    await at.press('Escape');
    await at.seesNoMore('Who is on call');
  });

  it('says so when the pager does not answer', async () => {
    const watch = new FakeWatch();
    const unread = new FakeSource<never>('pagerduty');
    unread.fail(new Failure('pagerduty', 'timeout', 'No answer within 15 s.'));
    watch.onCall = () => unread;
    const at = new Sitting({ watch });
    await at.press('O');
    await at.sees('not known: pagerduty no answer');
  });
});
