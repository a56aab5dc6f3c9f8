import { expect, test } from 'vitest';
import type { Outcome } from '../../../src/model/ports/probe.ts';
import { candidates } from '../../../src/systems/probes.ts';
import type { Practised } from '../practised.ts';
import { practisedNewRelic } from './newrelic.ts';

async function examined({ loaded }: Practised): Promise<Outcome | undefined> {
  const found = candidates(loaded).configured.find(({ system }) => system === 'newrelic');
  return (await found?.examine(new AbortController().signal))?.outcome;
}

test('whose key it is, and that it sees the account', async () => {
  expect(await examined(await practisedNewRelic())).toMatchObject({
    kind: 'answered',
    probed: { identity: 'sam@harbour.example', missing: [], trouble: null },
  });
});

test('an account that it does not see', async () => {
  expect(await examined(await practisedNewRelic({ account: 1 }))).toMatchObject({
    probed: { trouble: { text: 'Its user does not see account 1.' } },
  });
});

test('a key that is not accepted: the region may be wrong too', async () => {
  const practised = await practisedNewRelic();
  process.env.ONCALL_TEST_TOKEN_NEWRELIC = 'NRAK-EXPIRED';
  expect(await examined(practised)).toMatchObject({
    kind: 'failed',
    failure: { code: 'unauthorized' },
    cure: expect.stringContaining('region'),
  });
});
