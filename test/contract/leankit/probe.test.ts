import { expect, test } from 'vitest';
import type { Outcome } from '../../../src/model/ports/probe.ts';
import { candidates } from '../../../src/systems/probes.ts';
import { type PractisedLeankit, practisedLeankit } from './leankit.ts';

async function examined({ practised }: PractisedLeankit): Promise<Outcome | undefined> {
  const found = candidates(practised.loaded).configured.find(({ system }) => system === 'leankit');
  return (await found?.examine(new AbortController().signal))?.outcome;
}

test('whose token it is, what is left of the budget, and that the lane is there', async () => {
  expect(await examined(await practisedLeankit())).toMatchObject({
    kind: 'answered',
    probed: { identity: 'sam@harbour.example', missing: [], trouble: null, budget: { left: 298, of: 300 } },
  });
});

test('another board, and another lane', async () => {
  const board = await examined(await practisedLeankit(undefined, { board: '404' }));
  expect(board).toMatchObject({ probed: { trouble: { fix: expect.stringContaining('leankit.board') } } });
  const lane = await examined(await practisedLeankit(undefined, { lane: 'Ship it' }));
  expect(lane).toMatchObject({ probed: { trouble: { fix: 'correct systems.leankit.lane' } } });
});

test('a token that is not accepted', async () => {
  const practised = await practisedLeankit();
  process.env.ONCALL_TEST_TOKEN_LEANKIT = 'revoked';
  expect(await examined(practised)).toMatchObject({
    kind: 'failed',
    failure: { code: 'unauthorized' },
    cure: expect.stringContaining('My API Tokens'),
  });
});
