import { describe, expect, test } from 'vitest';
import { Failure } from '../../../src/model/failure.ts';
import { localNow, MINUTE, SECOND } from '../../../src/model/instant.ts';
import type { TailStep } from '../../../src/model/ports/log-search.ts';
import { together } from '../../../src/systems/log/together.ts';
import { serviceOfRow } from '../../../src/systems/splunk/whose.ts';

describe('whose a row of several services is', () => {
  const of = serviceOfRow(
    [
      { service: 'charge-central', source: { index: 'app', where: { service: 'charge-central' } } },
      {
        service: 'mailer',
        source: { index: 'app', where: { service: 'mailer', environment: '{environment}' } },
      },
      { service: 'all-mail', source: { index: 'app', where: { service: 'mail*' } } },
    ],
    'prod',
  );

  test('is told by the fields of its search, in any case, with * for any text', () => {
    expect(of({ index: 'app', service: 'Charge-Central' })).toBe('charge-central');
    expect(of({ index: 'app', service: 'mail-relay' })).toBe('all-mail');
    expect(of({ index: 'app', service: 'first\ncharge-central' })).toBe('charge-central');
  });

  test('is the one that asks for more, where two fit', () => {
    expect(of({ index: 'app', service: 'mailer', environment: 'prod' })).toBe('mailer');
    expect(of({ index: 'app', service: 'mailer', environment: 'test' })).toBe('all-mail');
  });

  test('is not known where it lacks them', () => {
    expect(of({ index: 'other', service: 'charge-central' })).toBe('unknown');
  });

  test('needs no fields where there is one service', () => {
    const only = serviceOfRow([{ service: 'one', source: { index: 'app', where: { tag: 'x' } } }], 'prod');
    expect(only({})).toBe('one');
  });
});

/** A tail that says what a test wants it to say, when it wants it. */
function told(system: string) {
  const steps: TailStep[] = [];
  let wake = () => {};
  let ended = false;
  return {
    say(step: TailStep) {
      steps.push(step);
      wake();
    },
    get ended() {
      return ended;
    },
    part: {
      system,
      async *steps(signal: AbortSignal) {
        signal.addEventListener('abort', () => wake());
        while (!signal.aborted) {
          const step = steps.shift();
          if (step !== undefined) yield step;
          else {
            await new Promise<void>((resolve) => {
              wake = resolve;
            });
          }
        }
        ended = true;
      },
    },
  };
}

const NOW = localNow();
const batch = (completeTo: number, notShown = 0): TailStep => ({
  kind: 'batch',
  batch: { lines: [], completeTo, notShown, from: NOW - MINUTE },
  systemNow: NOW,
});
const trouble: TailStep = {
  kind: 'trouble',
  failure: new Failure('aws', 'timeout', 'CloudWatch did not answer.'),
  nextTryMs: SECOND,
};

describe('several tails as one', () => {
  test('are complete to the least of them, and tell nothing before each has answered', async () => {
    const [one, other] = [told('splunk'), told('aws')];
    const stop = new AbortController();
    const steps = together([one.part, other.part], MINUTE, stop.signal);
    one.say(batch(NOW - 2 * SECOND, 3));
    other.say(batch(NOW - 9 * SECOND));
    const first = await steps.next();
    expect(first.value).toMatchObject({
      batch: { completeTo: NOW - 9 * SECOND, linesTo: NOW - 9 * SECOND, notShown: 3, from: NOW - MINUTE },
    });
    other.say(batch(NOW - SECOND));
    const second = (await steps.next()).value;
    expect(second).toMatchObject({ batch: { completeTo: NOW - 2 * SECOND, notShown: 0 } });
    expect(second).not.toHaveProperty('batch.from');
    stop.abort();
    expect((await steps.next()).done).toBe(true);
    expect([one.ended, other.ended]).toEqual([true, true]);
  });

  test('go on where one fails, which holds the bound and is named until it answers again', async () => {
    const [one, other] = [told('splunk'), told('aws')];
    const stop = new AbortController();
    const steps = together([one.part, other.part], MINUTE, stop.signal);
    other.say(trouble);
    expect((await steps.next()).value).toEqual(trouble);
    one.say(batch(NOW));
    const held = (await steps.next()).value;
    expect(held).toMatchObject({ kind: 'batch', still: { system: 'aws', code: 'timeout' } });
    if (held?.kind === 'batch')
      expect(held.batch.completeTo).toBeLessThanOrEqual(localNow() - MINUTE + SECOND);
    other.say(batch(NOW - 5 * SECOND));
    const mended = (await steps.next()).value;
    expect(mended).toMatchObject({ batch: { completeTo: NOW - 5 * SECOND } });
    expect(mended).not.toHaveProperty('still');
    stop.abort();
    await steps.return();
  });
});
