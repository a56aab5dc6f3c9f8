import { expect, test } from 'vitest';
import { errorTally } from '../../../src/actions/rollback/errors.ts';
import { Failure } from '../../../src/model/failure.ts';
import { MINUTE, SECOND } from '../../../src/model/instant.ts';
import type { ErrorCount, LogSearch, LogSpan } from '../../../src/model/ports/index.ts';
import { CATALOG } from '../watch/fakes.ts';
import { FAST, NOW, systemsOf } from './fakes.ts';

const CONFIRMED = NOW - 10 * MINUTE;

/** A tally at a moment of the cloud's time, on a log system that answers as told. */
function tally(count: LogSearch['errorCount'] | null, now = () => NOW) {
  const unused = () => Promise.reject(new Error('this is not used here'));
  const logSearch =
    count === null
      ? {}
      : {
          logSearch: {
            search: unused,
            histogram: unused,
            patterns: unused,
            around: unused,
            tail: async function* () {},
            link: async () => null,
            errorCount: count,
          },
        };
  const systems = { ...systemsOf(logSearch), now };
  const [service] = CATALOG.services;
  const placement = service?.in.prod;
  if (service === undefined || placement === undefined) throw new Error('the catalog has none');
  const context = { systems, catalog: CATALOG, limits: FAST, readOnly: false };
  return errorTally(context, { service, environment: 'prod', placement }, CONFIRMED);
}

test('asks for three minutes before the yes, and for the first minute of the new group, by their age', async () => {
  const spans: (readonly [number, number | undefined])[] = [];
  const errors = tally(async ({ sinceMs, untilMs }: LogSpan): Promise<ErrorCount> => {
    spans.push([sinceMs, untilMs]);
    return { count: spans.length === 1 ? 123 : 0, atLeast: false };
  });
  const servedSince = NOW - 2 * MINUTE;
  expect(await errors.left(servedSince, undefined)).toBeLessThanOrEqual(0);
  expect(await errors.told(servedSince, undefined)).toBe('41 errors a minute before, none after.');
  expect(spans).toEqual([
    [13 * MINUTE, 10 * MINUTE],
    [2 * MINUTE, MINUTE],
  ]);
});

test('waits for the minute, and for its lines to become searchable', async () => {
  let now = NOW;
  const errors = tally(
    async () => ({ count: 3, atLeast: false }),
    () => now,
  );
  expect(await errors.left(NOW, undefined)).toBe(70 * SECOND);
  now += 30 * SECOND;
  expect(await errors.left(NOW, undefined)).toBe(40 * SECOND);
});

test('a log system that will not tell is not waited for, and named once', async () => {
  const errors = tally(null);
  expect(await errors.left(NOW, undefined)).toBe(0);
  expect(await errors.told(NOW - 5 * MINUTE, undefined)).toBe(
    'Errors are not counted: splunk is not configured',
  );
});

test('one that fails is asked again when the minute is over', async () => {
  let asked = 0;
  const errors = tally(async () => {
    asked += 1;
    if (asked === 1) throw new Failure('splunk', 'rate_limited', 'Splunk: too many searches.');
    return { count: 60, atLeast: false };
  });
  const servedSince = NOW - 2 * MINUTE;
  await errors.left(servedSince, undefined);
  await errors.left(servedSince, undefined);
  expect(asked).toBe(1);
  expect(await errors.told(servedSince, undefined)).toMatch(/^Errors rose: 20 a minute before, 60 after\./);
});

test('one that hangs holds nobody up', async () => {
  const errors = tally(() => new Promise(() => {}));
  expect(await errors.told(NOW - 2 * MINUTE, undefined)).toMatch(/^Errors could not be counted \(no answer/);
});

test('a clock that stands still leaves nothing to count', async () => {
  const errors = tally(async () => ({ count: 6, atLeast: false }));
  expect(await errors.told(NOW, undefined)).toContain('the clock of the cloud does not go on');
});
