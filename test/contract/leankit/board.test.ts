import { expect, test } from 'vitest';
import { failureOf, inPagesOf, practisedLeankit, rewriting } from './leankit.ts';

const BOARD = 'GET /board/{id}';
const CARDS = 'GET /card';

test('the cards of the Deploy lane and of those inside it, those that wait longest first', async () => {
  const { practised, board } = await practisedLeankit();
  const cards = await board.coming();
  const url = practised.loaded.config.systems.leankit?.url;
  expect(cards.length).toBeGreaterThan(4);
  expect(cards.at(-1)).toEqual({
    id: expect.stringMatching(/^\d+$/),
    title: 'Round cents half-even',
    service: 'charge-central',
    version: '1.0.284',
    who: 'Dora Lindqvist',
    lane: 'Deploy',
    since: Date.parse('2026-11-17T01:04:00Z'),
    url: `${url}/card/${cards.at(-1)?.id}`,
  });
  expect(cards).toContainEqual(expect.objectContaining({ service: null, version: null, who: null }));
  expect(cards.map(({ since }) => since)).toEqual(cards.map(({ since }) => since).toSorted());
  await board.coming();
  expect(practised.operations()).toEqual([BOARD, CARDS, CARDS]);
});

test('what goes out moves to another part of the lane, and leaves it when it is out', async () => {
  const { practised, board } = await practisedLeankit();
  const { world } = practised;
  const next = async () => (await board.coming()).find(({ service }) => service === 'ledger-api');
  const waiting = await next();
  const stack = world.state.stacks.find(({ name }) => name === 'ledger-api');
  if (stack === undefined || waiting?.version == null) throw new Error('nothing waits');
  const parameters = { ...stack.parameters, ImageTag: waiting.version };
  world.stacks.update(stack, { parameters, tags: null, token: null, who: 'sam' });
  expect((await next())?.since).toBeGreaterThan(waiting.since ?? 0);
  world.advance(20 * 60);
  expect(await next()).toBeUndefined();
});

test('several pages, each card once, and no more pages than are bounded', async () => {
  const { board } = await practisedLeankit();
  const all = await board.coming();
  const two = await practisedLeankit(inPagesOf(2));
  expect((await two.board.coming()).map(({ title }) => title)).toEqual(all.map(({ title }) => title));
  const asked = two.practised.operations().filter((one) => one === CARDS);
  expect(asked).toHaveLength(Math.ceil(all.length / 2));
  const endless = await practisedLeankit(
    rewriting('/io/card', (body) => ({ ...body, pageMeta: { totalRecords: 1_000_000 } })),
  );
  expect(await endless.board.coming()).toHaveLength(all.length);
  expect(endless.practised.operations().filter((one) => one === CARDS)).toHaveLength(2);
});

test('a card of a kind that is not known, and text that would move the cursor', async () => {
  const odd = { id: 7, title: 'Charge-Central 2.0.0-rc.1\u001b[2J', priority: 'blazing', movedOn: null };
  const server = rewriting('/io/card', () => ({ pageMeta: { totalRecords: 1 }, cards: [odd] }));
  const { board } = await practisedLeankit(server);
  expect(await board.coming()).toEqual([
    expect.objectContaining({
      id: '7',
      title: 'Charge-Central 2.0.0-rc.1␛[2J',
      service: 'charge-central',
      version: '2.0.0-rc.1',
      who: null,
      since: null,
    }),
  ]);
});

test('a lane that is not there: which there are', async () => {
  const { board } = await practisedLeankit(undefined, { lane: 'Ship it' });
  const failure = await failureOf(board.coming());
  expect(failure).toMatchObject({ code: 'not_found' });
  expect(failure.message).toBe(
    'The board Harbour payments has no lane Ship it: name one in systems.leankit.lane (Backlog, Doing, Review, Deploy, Done).',
  );
});

test('an expired token, a board that is not there, an error in its words, a page of a proxy', async () => {
  const { practised, board } = await practisedLeankit();
  practised.fault(BOARD, { fault: 'status', status: 404 });
  expect(await failureOf(board.coming())).toMatchObject({
    code: 'not_found',
    message: expect.stringContaining('systems.leankit.board'),
  });
  practised.fault(CARDS, { fault: 'status', status: 422 });
  expect(await failureOf(board.coming())).toMatchObject({
    code: 'invalid',
    message: 'Leankit: practice fault: HTTP 422 (HTTP 422).',
  });
  practised.fault(CARDS, { fault: 'garbage' });
  expect((await failureOf(board.coming())).code).toBe('unreadable');
  const other = await practisedLeankit();
  process.env.ONCALL_TEST_TOKEN_LEANKIT = 'revoked';
  expect(await failureOf(other.board.coming())).toMatchObject({
    code: 'unauthorized',
    message: expect.stringContaining('systems.leankit.token'),
  });
});

test.each([
  [40_000, /asked again in (40|39) s/],
  [24 * 3_600_000, /asked again in 300 s/],
])('its Retry-After is a date, by its own clock and capped: %i ms', async (wait, told) => {
  const { practised, board } = await practisedLeankit();
  await board.coming();
  const until = new Date(practised.world.now() + wait).toUTCString();
  practised.fault(CARDS, { fault: 'status', status: 429, headers: { 'Retry-After': until } });
  expect(await failureOf(board.coming())).toMatchObject({ code: 'rate_limited' });
  const asked = practised.operations().length;
  expect((await failureOf(board.coming())).message).toMatch(told);
  expect(practised.operations()).toHaveLength(asked);
});
