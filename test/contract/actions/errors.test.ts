import { expect, test } from 'vitest';
import type { Progress } from '../../../src/actions/types.ts';
import { HOUR, SECOND } from '../../../src/model/instant.ts';
import { CONSENT, Stage } from './stage.ts';

const REQUEST = { action: 'rollback', service: 'charge-central', environment: 'prod' } as const;
const FELL = / \d{3} errors a minute before, (none|\d(\.\d)?) after\./;

const isCounting = ({ text }: Progress) => text.includes('counting errors');

test('stopped while errors are counted: it stays open, and the next start counts them, long after', async () => {
  const stage = await Stage.set();
  const plan = await stage.actions.plan(REQUEST);
  const stop = new AbortController();
  const stopped = await stage.actions.run(
    plan,
    CONSENT,
    (progress) => {
      stage.watching(progress);
      if (isCounting(progress)) stop.abort();
    },
    stop.signal,
  );
  expect(stopped.state).toBe('unknown');
  expect(stopped.text).toContain(`oncall attach ${plan.intent}`);

  stage.practice.world.advance((2 * HOUR) / SECOND);
  const next = stage.again();
  expect(await next.unfinished()).toMatchObject([{ id: plan.intent, state: 'sent' }]);
  const seen: Progress[] = [];
  const outcome = await next.attach(plan.intent, (progress) => void seen.push(progress));
  expect(outcome.state).toBe('confirmed');
  expect(outcome.text).toMatch(FELL);
  expect(seen.some(isCounting)).toBe(false);
  expect(await next.unfinished()).toEqual([]);
});

test('errors that do not fall: the version is back, and the sentence says where to look next', async () => {
  const stage = await Stage.set();
  const plan = await stage.actions.plan(REQUEST);
  const outcome = await stage.actions.run(plan, CONSENT, (progress) => {
    if (isCounting(progress)) fail(stage, 200);
    stage.watching(progress);
  });
  expect(outcome.state).toBe('confirmed');
  expect(outcome.text).toMatch(
    /Errors (did not fall|rose|fell a little only): \d{3} a minute before, \d{3} after\./,
  );
  expect(outcome.text).toContain('oncall logs charge-central --env prod');
});

test('Splunk is down: the rollback is confirmed, and says that errors could not be counted', async () => {
  const stage = await Stage.set();
  await stage.fault('splunk', null, 'reset_before', 1_000);
  const outcome = await stage.run(await stage.actions.plan(REQUEST));
  expect(outcome.state).toBe('confirmed');
  expect(outcome.text).toContain('also behind the load balancer, and run 1.0.282');
  expect(outcome.text).toContain('Errors could not be counted (');
});

test('the minute begins anew when an instance is not well in it', async () => {
  const stage = await Stage.set();
  const plan = await stage.actions.plan(REQUEST);
  const left: number[] = [];
  let sick = false;
  const outcome = await stage.actions.run(plan, CONSENT, (progress) => {
    stage.watching(progress);
    const container = stage.practice.world.state.containers.find(
      ({ name, instance }) => name === 'charge-central' && instance === servingInstance(stage),
    );
    if (container === undefined) return;
    if (isCounting(progress)) left.push(Number(/(\d+) s left/.exec(progress.text)?.[1]));
    if (!sick && left.length === 2) {
      container.health = 'unhealthy';
      sick = true;
    } else if (progress.text.includes('unhealthy')) container.health = 'healthy';
  });
  expect(outcome.state).toBe('confirmed');
  expect(outcome.text).toMatch(FELL);
  const [first = 0, second = 0, anew = 0] = left;
  expect(second).toBeLessThan(first);
  expect(anew).toBe(70);
});

/** Error lines of the service, now. */
function fail(stage: Stage, lines: number): void {
  for (let line = 0; line < lines; line += 1) {
    const message = 'card declined by the bank';
    stage.practice.world.logs.emit({
      service: 'charge-central',
      environment: 'prod',
      level: 'error',
      message,
    });
  }
}

function servingInstance(stage: Stage): string | undefined {
  return stage.practice.world.state.instances.find(
    ({ tags, lifecycle }) =>
      tags.service === 'charge-central' && tags.environment === 'prod' && lifecycle === 'InService',
  )?.id;
}
