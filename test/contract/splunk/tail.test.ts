import { afterEach, beforeEach, expect, test } from 'vitest';
import { MINUTE, SECOND } from '../../../src/model/instant.ts';
import type { LogLine } from '../../../src/model/log-line.ts';
import type { TailStep } from '../../../src/model/ports/log-search.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { splunkServer } from '../../../src/practice/servers/splunk/index.ts';
import { type Practised, practise } from '../practised.ts';

const CREATE = 'POST /services/search/v2/jobs';
const CONTROL = 'POST /services/search/v2/jobs/{sid}/control';

let practised: Practised;
let abort: AbortController;
beforeEach(async () => {
  practised = await practise(splunkServer(), { token: SECRETS.splunk.token });
  abort = new AbortController();
});
afterEach(async () => {
  abort.abort();
  await practised[Symbol.asyncDispose]();
});

async function follow(service = 'charge-central'): Promise<AsyncIterator<TailStep>> {
  const logs = await practised.systems.logSearch();
  const query = { service: practised.service(service), environment: 'prod', sinceMs: MINUTE };
  return logs.tail(query, abort.signal)[Symbol.asyncIterator]();
}

async function next(steps: AsyncIterator<TailStep>): Promise<TailStep> {
  const { value, done } = await steps.next();
  if (done === true) throw new Error('the tail has ended');
  return value;
}

async function batch(steps: AsyncIterator<TailStep>) {
  const step = await next(steps);
  if (step.kind === 'trouble') throw step.failure;
  return step.batch;
}

/** The line with that text, from one of the next steps: Splunk's clock is known only as of its latest answer. */
async function arrival(steps: AsyncIterator<TailStep>, text: string): Promise<LogLine | undefined> {
  for (let step = 0; step < 8; step += 1) {
    const { lines } = await batch(steps);
    const found = lines.find(({ message }) => message.includes(text));
    if (found !== undefined) return found;
  }
  return undefined;
}

test('the last lines come at once, then every line once and complete', async () => {
  const steps = await follow();
  const shown: LogLine[] = [];
  const first = await batch(steps);
  expect(first.lines.length).toBeGreaterThan(0);
  shown.push(...first.lines);
  let completeTo = first.completeTo;
  for (let step = 0; step < 3; step += 1) {
    practised.world.advance(20);
    const more = await batch(steps);
    expect(more.completeTo).toBeGreaterThan(completeTo);
    expect(more.notShown).toBe(0);
    completeTo = more.completeTo;
    shown.push(...more.lines);
  }
  expect(new Set(shown.map(({ id }) => id)).size).toBe(shown.length);
  const began = first.lines[0]?.at ?? 0;
  const truth = practised.world.logs.lines({
    service: 'charge-central',
    environment: 'prod',
    from: began,
    to: completeTo,
    // What a search finds is a little behind its index time.
    indexedTo: completeTo - 35 * SECOND,
    limit: 100_000,
  });
  const ids = new Set(shown.map(({ id }) => id));
  expect(truth.length).toBeGreaterThan(10);
  expect(truth.filter(({ bucket, cd }) => !ids.has(`${bucket}|${cd}`))).toEqual([]);
});

test('a line that is emitted arrives, with its level', async () => {
  const steps = await follow();
  await batch(steps);
  practised.world.logs.emit({
    service: 'charge-central',
    environment: 'prod',
    message: 'the pump is on fire',
    level: 'fatal',
  });
  practised.world.advance(10);
  expect(await arrival(steps, 'the pump is on fire')).toMatchObject({ level: 'fatal' });
});

test('a passing failure is told, and nothing is lost over it', async () => {
  const steps = await follow();
  await batch(steps);
  practised.world.logs.emit({ service: 'charge-central', environment: 'prod', message: 'written meanwhile' });
  practised.world.advance(10);
  practised.fault(CREATE, { fault: 'reset_before' });
  const trouble = await next(steps);
  expect(trouble).toMatchObject({ kind: 'trouble', failure: { code: 'reset' } });
  expect(await arrival(steps, 'written meanwhile')).toBeDefined();
});

test('ends when it is given up, and every job that was made was cancelled', async () => {
  const steps = await follow();
  await batch(steps);
  practised.world.advance(10);
  practised.fault('POST /services/search/v2/jobs/{sid}/results', { fault: 'hang' });
  const ending = steps.next();
  await expect.poll(() => practised.operations().at(-1), { timeout: 10_000 }).toMatch(/results$/);
  abort.abort();
  expect((await ending).done).toBe(true);
  const count = (name: string) => practised.operations().filter((one) => one === name).length;
  expect(count(CONTROL)).toBe(count(CREATE));
});

test('several services are one search, and each line tells whose it is', async () => {
  const logs = await practised.systems.logSearch();
  const [service, ...others] = ['charge-central', 'ledger-api', 'fx-rates'].map((name) =>
    practised.service(name),
  );
  if (service === undefined) throw new Error('no service');
  const query = { service, others, environment: 'prod', sinceMs: MINUTE };
  const steps = logs.tail(query, abort.signal)[Symbol.asyncIterator]();
  const first = await batch(steps);
  expect(new Set(first.lines.map((line) => line.service))).toEqual(
    new Set(['charge-central', 'ledger-api', 'fx-rates']),
  );
  expect(practised.operations().filter((one) => one === CREATE)).toHaveLength(1);
  practised.world.logs.emit({ service: 'fx-rates', environment: 'prod', message: 'the index is on fire' });
  practised.world.logs.emit({ service: 'login', environment: 'prod', message: 'the index is on fire' });
  practised.world.advance(10);
  expect(await arrival(steps, 'the index is on fire')).toMatchObject({ service: 'fx-rates' });
});
