import { expect, test } from 'vitest';
import type { Outcome } from '../../../src/model/ports/probe.ts';
import { candidates } from '../../../src/systems/probes.ts';
import type { Practised } from '../practised.ts';
import { practisedBamboo, rewritten } from './bamboo.ts';

async function examined({ loaded }: Practised): Promise<Outcome | undefined> {
  const found = candidates(loaded).configured.find(({ system }) => system === 'bamboo');
  return (await found?.examine(new AbortController().signal))?.outcome;
}

test('whose token it is; every project and environment is there', async () => {
  expect(await examined(await practisedBamboo())).toMatchObject({
    kind: 'answered',
    probed: { identity: 'sam', missing: [], trouble: null },
  });
});

test('where its owner may not deploy, and what is not there', async () => {
  const locked = rewritten({
    body: (said) =>
      said.name === 'Deploy cart' && Array.isArray(said.environments)
        ? {
            ...said,
            environments: said.environments.map((each) => ({
              ...each,
              operations: { allowedToExecute: each.name === 'Test' },
            })),
          }
        : said,
  });
  const practised = await practisedBamboo(locked);
  const keys = practised.loaded.config.services.checkout?.bamboo;
  if (keys === undefined) throw new Error('not deployed by Bamboo');
  keys.project = 'Deploy chekout';
  expect(await examined(practised)).toMatchObject({
    probed: {
      missing: ['Deploy on Deploy cart, Production'],
      trouble: { text: expect.stringContaining('Did you mean Deploy checkout?') },
    },
  });
});

test('a token that is not accepted', async () => {
  const practised = await practisedBamboo();
  process.env.ONCALL_TEST_TOKEN_BAMBOO = 'expired';
  expect(await examined(practised)).toMatchObject({
    kind: 'failed',
    failure: { code: 'unauthorized' },
    cure: expect.stringContaining('personal access token'),
  });
});
