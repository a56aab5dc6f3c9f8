import { expect, test } from 'vitest';
import type { Outcome } from '../../../src/model/ports/probe.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { buildkiteServer } from '../../../src/practice/servers/buildkite/index.ts';
import { candidates } from '../../../src/systems/probes.ts';
import { type PractisedBuildkite, practisedBuildkite } from './buildkite.ts';

async function examined({ practised }: PractisedBuildkite): Promise<Outcome | undefined> {
  const found = candidates(practised.loaded).configured.find(({ system }) => system === 'buildkite');
  return (await found?.examine(new AbortController().signal))?.outcome;
}

test('whose token it is, that every pipeline is there, and what is left of the person’s 50 a minute', async () => {
  expect(await examined(await practisedBuildkite())).toMatchObject({
    kind: 'answered',
    probed: { identity: 'sam@harbour.example', missing: [], trouble: null, budget: { left: 48, of: 50 } },
  });
});

test('scopes that lack, by their names', async () => {
  const stage = await practisedBuildkite(buildkiteServer(), SECRETS.buildkite.readOnly);
  expect(await examined(stage)).toMatchObject({
    probed: { missing: ['write_builds', 'read_pipelines'], trouble: null },
  });
});

test('a pipeline that is not there, and an organisation that is not', async () => {
  const stage = await practisedBuildkite();
  const { config } = stage.practised.loaded;
  const keys = config.services['charge-central']?.buildkite;
  if (keys === undefined || config.systems.buildkite === undefined) throw new Error('no pipeline');
  keys.pipeline = 'charge';
  expect(await examined(stage)).toMatchObject({
    probed: { trouble: { text: expect.stringContaining('charge (charge-central)'), works: true } },
  });
  config.systems.buildkite.organization = 'elsewhere';
  expect(await examined(stage)).toMatchObject({
    probed: { trouble: { text: expect.stringContaining('no organisation elsewhere') } },
  });
});

test('a token that is not accepted', async () => {
  expect(await examined(await practisedBuildkite(buildkiteServer(), 'bkua_expired'))).toMatchObject({
    kind: 'failed',
    failure: { code: 'unauthorized' },
    cure: expect.stringContaining('api-access-tokens'),
  });
});
