import { expect, test } from 'vitest';
import type { Outcome } from '../../../src/model/ports/probe.ts';
import { candidates } from '../../../src/systems/probes.ts';
import { type PractisedZendesk, practisedZendesk, rewriting } from './zendesk.ts';

async function examined({ practised }: PractisedZendesk): Promise<Outcome | undefined> {
  const found = candidates(practised.loaded).configured.find(({ system }) => system === 'zendesk');
  return (await found?.examine(new AbortController().signal))?.outcome;
}

test('whose token it is, and what is left of the budget', async () => {
  expect(await examined(await practisedZendesk())).toMatchObject({
    kind: 'answered',
    probed: {
      identity: 'oncall@harbour.example',
      missing: [],
      trouble: null,
      budget: { left: 199, of: 200 },
    },
  });
});

test('a customer is no agent, and nobody is told as nobody', async () => {
  const endUser = rewriting(() => ({ user: { id: 5, email: 'kim@shop.example', role: 'end-user' } }));
  expect(await examined(await practisedZendesk(endUser))).toMatchObject({ probed: { missing: ['agent'] } });
  const nobody = rewriting(() => ({ user: { id: null, name: 'Anonymous user', role: 'end-user' } }));
  expect(await examined(await practisedZendesk(nobody))).toMatchObject({
    probed: { trouble: { text: 'Zendesk does not tell whose token it is.' } },
  });
});

test('a token that is not accepted', async () => {
  const practised = await practisedZendesk();
  process.env.ONCALL_TEST_TOKEN_ZENDESK = 'expired';
  expect(await examined(practised)).toMatchObject({
    kind: 'failed',
    failure: { code: 'unauthorized' },
    cure: expect.stringContaining('username'),
  });
});
