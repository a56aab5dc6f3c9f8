import { expect, test } from 'vitest';
import { newsOf } from '../news.ts';
import { failureOf, inPagesOf, type PractisedLeankit, practisedLeankit } from './leankit.ts';

const SEARCH = 'GET /card';
const COMMENT = 'POST /card/{id}/comment';

function news({ practised }: PractisedLeankit, more: Parameters<typeof newsOf>[2] = {}) {
  return newsOf(practised.service('charge-central'), practised.world.now(), more);
}

/** The card on which it was commented. */
function cardOf({ practised }: PractisedLeankit): string {
  const sent = practised.host.log.all().find(({ operation }) => operation === COMMENT);
  return /\d+/.exec(sent?.path ?? '')?.[0] ?? '';
}

test('begun and ended, on the card of the version that is taken out, as text', async () => {
  const leankit = await practisedLeankit();
  const { notifier, practised } = leankit;
  await notifier.tell(news(leankit, { text: 'Rolling back, <img src=x> & all. [oncall abc123 begun]' }));
  await notifier.tell(news(leankit, { stage: 'ended', state: 'confirmed', text: 'Rolled back.' }));
  expect(practised.operations()).toEqual([SEARCH, COMMENT, SEARCH, COMMENT]);
  const card = cardOf(leankit);
  expect(await leankit.comments(card)).toEqual([
    '<p>Rolling back, &lt;img src=x&gt; &amp; all. [oncall abc123 begun] Incident Q1.</p>',
    '<p>Rolled back. Incident Q1. [oncall abc123]</p>',
  ]);
  const [search] = practised.host.log.all();
  expect(search?.path).toContain('/io/card');
});

test('found behind the first page, and never another service’s card of that version', async () => {
  const leankit = await practisedLeankit(inPagesOf(1));
  await leankit.notifier.tell(news(leankit, { from: '1.0.283' }));
  expect(cardOf(leankit)).not.toBe('');
  const other = leankit.practised.service('mailer');
  await leankit.notifier.tell({ ...news(leankit, { from: '1.0.283', to: null }), service: other });
  expect(leankit.practised.operations().filter((one) => one === COMMENT)).toHaveLength(1);
});

test('no card of what is taken out: on the one of what is put in; none of either: nothing is sent', async () => {
  const leankit = await practisedLeankit();
  const { notifier, practised } = leankit;
  expect(notifier.takes(news(leankit))).toBe(true);
  expect(notifier.takes(news(leankit, { from: null, to: null }))).toBe(false);
  await notifier.tell(news(leankit, { from: '9.9.9', to: '8.8.8' }));
  expect(practised.operations()).toEqual([SEARCH, SEARCH]);
  await notifier.tell(news(leankit, { from: '9.9.9', to: '1.0.282' }));
  expect(await leankit.comments(cardOf(leankit))).toHaveLength(1);
});

test.each(['reset_after', 'garbage', 'truncate'] as const)('sent once: %s', async (fault) => {
  const leankit = await practisedLeankit();
  leankit.practised.fault(COMMENT, { fault });
  const failure = await failureOf(leankit.notifier.tell(news(leankit)));
  expect(failure.mayHaveHappened).toBe(true);
  expect(leankit.practised.operations().filter((one) => one === COMMENT)).toHaveLength(1);
});
