import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Outcome } from '../../../src/model/ports/probe.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { slackServer } from '../../../src/practice/servers/slack/index.ts';
import { candidates } from '../../../src/systems/probes.ts';
import { type Practised, practise } from '../practised.ts';

let practised: Practised;
beforeEach(async () => {
  practised = await practise(slackServer(), { token: SECRETS.slack.token });
});
afterEach(() => practised[Symbol.asyncDispose]());

async function examined(loaded = practised.loaded): Promise<Outcome | undefined> {
  const found = candidates(loaded).configured.find(({ system }) => system === 'slack');
  return (await found?.examine(new AbortController().signal))?.outcome;
}

test('who it is, and nothing to mend', async () => {
  expect(await examined()).toMatchObject({
    kind: 'answered',
    probed: { identity: 'oncall in Harbour', missing: [], trouble: null },
  });
});

test('the scopes that it lacks, by their names', async () => {
  process.env.ONCALL_TEST_TOKEN_SLACK = SECRETS.slack.writeOnly;
  expect(await examined()).toMatchObject({
    probed: { missing: ['channels:history', 'channels:read'], trouble: null },
  });
});

test('a channel that is not there', async () => {
  const { loaded } = practised;
  const [first, ...others] = loaded.catalog.squads;
  if (first === undefined) throw new Error('no squad');
  const squads = [{ ...first, slackChannel: '#nowhere' }, ...others];
  expect(await examined({ ...loaded, catalog: { ...loaded.catalog, squads } })).toMatchObject({
    probed: { trouble: { text: 'It sees no channel #nowhere.' } },
  });
});

test('a token that is not accepted', async () => {
  process.env.ONCALL_TEST_TOKEN_SLACK = 'xoxb-expired';
  expect(await examined()).toMatchObject({ kind: 'failed', failure: { code: 'unauthorized' } });
});
