import { expect, test } from 'vitest';
import type { News, Notifier } from '../../../src/model/ports/notifier.ts';
import { newsOf } from '../news.ts';
import type { Practised } from '../practised.ts';
import { failureOf, practisedNewRelic } from './newrelic.ts';

const ENDED = { stage: 'ended', state: 'confirmed', text: 'Rolled charge-central back.' } as const;

async function recorder(practised: Practised): Promise<Notifier> {
  const [notifier] = await practised.systems.notifiers();
  if (notifier === undefined) throw new Error('no notifier');
  return notifier;
}

function news(practised: Practised, more: Partial<News> = {}): News {
  return newsOf(practised.service('charge-central'), practised.world.now(), { ...ENDED, ...more });
}

test('a change that ended well is recorded on the entity of its environment, with the intent', async () => {
  const practised = await practisedNewRelic();
  const told = news(practised);
  await (await recorder(practised)).tell(told);
  const [sent] = practised.host.log.all();
  expect(sent).toMatchObject({ operation: 'changeTrackingCreateEvent', mutation: true, status: 200 });
  const guid = practised.loaded.config.services['charge-central']?.newrelic_entity?.prod;
  expect(JSON.parse(sent?.body ?? '').variables.event).toEqual({
    categoryAndTypeData: {
      categoryFields: { deployment: { version: '1.0.282' } },
      kind: { category: 'DEPLOYMENT', type: 'BASIC' },
    },
    entitySearch: { query: `id = '${guid}'` },
    shortDescription: 'charge-central in prod: 1.0.283 → 1.0.282, with oncall',
    description: 'Rolled charge-central back.',
    user: 'sam@harbour.example',
    groupId: 'oncall-abc123',
    timestamp: told.at,
  });
});

test('only what ended, well, of a service with an entity there is taken', async () => {
  const practised = await practisedNewRelic();
  const notifier = await recorder(practised);
  expect(notifier.takes(news(practised))).toBe(true);
  expect(notifier.takes(news(practised, { state: 'failed' }))).toBe(false);
  expect(notifier.takes(news(practised, { stage: 'begun', state: null }))).toBe(false);
  expect(notifier.takes(news(practised, { environment: 'staging' }))).toBe(false);
});

test('errors inside HTTP 200: a time too far off, an entity that is not there; each sent once', async () => {
  const practised = await practisedNewRelic();
  const notifier = await recorder(practised);
  const late = await failureOf(notifier.tell(news(practised, { at: 0 })));
  expect(late).toMatchObject({ code: 'invalid', details: { vendorCode: 'BAD_USER_INPUT' } });
  expect(late.message).toContain('within 24 hours');

  Object.assign(practised.loaded.config.services['charge-central']?.newrelic_entity ?? {}, {
    prod: 'Z29uZQ',
  });
  const gone = await failureOf(notifier.tell(news(practised)));
  expect(gone.message).toBe('New Relic made no change record: no entity was found.');
  expect(practised.operations()).toHaveLength(2);
});

test.each(['reset_after', 'garbage', 'truncate'] as const)('sent once: %s', async (fault) => {
  const practised = await practisedNewRelic();
  practised.fault('changeTrackingCreateEvent', { fault });
  const failure = await failureOf((await recorder(practised)).tell(news(practised)));
  expect(failure.mayHaveHappened).toBe(true);
  expect(practised.operations()).toHaveLength(1);
});
