import { expect, test } from 'vitest';
import { localNow, MINUTE, SECOND } from '../../../src/model/instant.ts';
import { openLogSearch } from '../../../src/systems/splunk/index.ts';
import { openWatch } from '../../../src/watch/follow.ts';
import { Splunkd, splunkOnly } from '../../support/splunkd.ts';
import { VirtualTime } from '../../support/virtual-time.ts';
import { fakeSystems } from '../../unit/watch/fakes.ts';

const LENGTH_MS = 10 * MINUTE;

interface Asked {
  /** A minute. */
  readonly jobs: number;
  readonly requests: number;
  /** Jobs that were made after nobody looked any more. */
  readonly after: number;
  readonly left: number;
}

/** What ten minutes of one service's log ask of Splunk, in time that is made to pass, and ten minutes of nobody looking. */
async function followed(rate: number, searchMs: number, others: readonly string[] = []): Promise<Asked> {
  using time = new VirtualTime();
  const since = Math.floor(localNow() / SECOND) * SECOND - MINUTE;
  const splunkd = new Splunkd({ rate, since, searchMs, raw: (n) => `request ${n} took ${n % 90} ms` });
  const loaded = splunkOnly(undefined, ['charge-central', ...others]);
  const logSearch = openLogSearch({ loaded, transport: splunkd.transport() });
  const watch = openWatch(fakeSystems({ logSearch }), loaded.catalog);
  const logs = watch.logs('charge-central', 'prod', others);
  const leave = logs.subscribe(() => {});
  await time.until(() => logs.get().value !== null);
  const begun = localNow();
  const [jobs, requests] = [splunkd.dispatched, splunkd.requests];
  const wait = setInterval(() => {}, SECOND);
  await time.until(() => localNow() >= begun + LENGTH_MS);
  const minutes = LENGTH_MS / MINUTE;
  const asked = {
    jobs: (splunkd.dispatched - jobs) / minutes,
    requests: (splunkd.requests - requests) / minutes,
  };
  leave();
  const made = splunkd.dispatched;
  await time.until(() => localNow() >= begun + 2 * LENGTH_MS);
  clearInterval(wait);
  await watch.stop();
  return { ...asked, after: splunkd.dispatched - made, left: splunkd.left };
}

test('a quiet log costs a few searches a minute, none once nobody looks, and leaves none behind', async () => {
  const asked = await followed(0, 200);
  expect(asked.jobs).toBeGreaterThanOrEqual(5);
  expect(asked.jobs).toBeLessThanOrEqual(8);
  expect(asked.requests).toBeLessThanOrEqual(50);
  expect(asked).toMatchObject({ after: 0, left: 0 });
});

test('a busy log is looked at every other second at most, in one search', async () => {
  const asked = await followed(5, 200);
  expect(asked.jobs).toBeGreaterThanOrEqual(15);
  expect(asked.jobs).toBeLessThanOrEqual(32);
  expect(asked.requests).toBeLessThanOrEqual(250);
  expect(asked).toMatchObject({ after: 0, left: 0 });
});

test('where searches are slow they take a fifth of the time at most', async () => {
  const asked = await followed(5, 4_000);
  expect((asked.jobs * 4_000) / MINUTE).toBeLessThanOrEqual(0.25);
  expect(asked).toMatchObject({ after: 0, left: 0 });
});

test('the logs of a whole squad are one search, as one log is', async () => {
  const asked = await followed(5, 200, ['ledger-api', 'refunds', 'invoices', 'payouts']);
  expect(asked.jobs).toBeLessThanOrEqual(32);
  expect(asked.requests).toBeLessThanOrEqual(250);
  expect(asked).toMatchObject({ after: 0, left: 0 });
});
