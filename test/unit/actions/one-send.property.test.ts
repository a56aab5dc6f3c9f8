import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actionsWith, CONSENT, FakePager, incident, quiet, systemsOf } from './fakes.ts';

const fault = fc.constantFrom<FakePager['nextWrite']>(
  'answer',
  'reset_before',
  'reset_after',
  'hang',
  'server_error',
  'forbidden',
  'rate_limited',
);

/** A person at the keys: presses, some twice, on a link that fails; and a restart at the end. */
const schedule = fc.record({
  faults: fc.array(fault, { minLength: 1, maxLength: 4 }),
  presses: fc.integer({ min: 1, max: 3 }),
  somebodyElseFirst: fc.boolean(),
  stopWatching: fc.boolean(),
});

test('whatever fails, an intent is sent at most once, and what is said in the end is what the world says', async () => {
  await fc.assert(
    fc.asyncProperty(schedule, async ({ faults, presses, somebodyElseFirst, stopWatching }) => {
      const pager = new FakePager(incident('Q1'));
      const limits = { send: 10, read: 10, trace: 10, pause: 1 };
      const systems = systemsOf({ pager });
      const actions = await actionsWith(systems, { limits });
      for (const next of faults) {
        pager.nextWrite = next;
        const before = pager.sent.length;
        const plans = await Promise.all(
          Array.from({ length: presses }, () => actions.plan({ action: 'acknowledge', incidents: ['Q1'] })),
        );
        if (somebodyElseFirst) pager.apply({ kind: 'acknowledge', ids: ['Q1'] });
        const stop = new AbortController();
        const outcomes = await Promise.all(
          plans.map((plan) =>
            actions.run(
              plan,
              CONSENT,
              ({ state }) => stopWatching && state === 'sending' && stop.abort(),
              stop.signal,
            ),
          ),
        );
        expect(pager.sent.length - before).toBeLessThanOrEqual(1);
        const isDone = pager.incidentsById.get('Q1')?.status === 'acknowledged';
        for (const { state } of outcomes) {
          if (state === 'confirmed') expect(isDone).toBe(true);
          if (state === 'failed') expect(isDone).toBe(false);
        }
      }
      const sent = pager.sent.length;
      const next = await actionsWith(systems, { limits, stateFolder: actions.folder });
      for (const { id } of await next.unfinished()) {
        const { state } = await next.attach(id, quiet);
        expect(state).toBe(
          pager.incidentsById.get('Q1')?.status === 'acknowledged' ? 'confirmed' : 'unknown',
        );
      }
      expect(await next.unfinished()).toEqual([]);
      expect(pager.sent).toHaveLength(sent);
    }),
    { numRuns: 60 },
  );
});
