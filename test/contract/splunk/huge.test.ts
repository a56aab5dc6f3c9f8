import { afterAll, beforeAll, expect, test } from 'vitest';
import { MINUTE } from '../../../src/model/instant.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { splunkServer } from '../../../src/practice/servers/splunk/index.ts';
import { type Practised, practise } from '../practised.ts';

const RESULTS = 'POST /services/search/v2/jobs/{sid}/results';
const CREATE = 'POST /services/search/v2/jobs';
const CONTROL = 'POST /services/search/v2/jobs/{sid}/control';
const TEN_MB = 10_000_000;

let practised: Practised;
beforeAll(async () => {
  practised = await practise(splunkServer(), { token: SECRETS.splunk.token });
});
afterAll(() => practised[Symbol.asyncDispose]());

async function search(contains?: string) {
  const logs = await practised.systems.logSearch();
  const service = practised.service('charge-central');
  return logs.search(
    { service, environment: 'prod', sinceMs: MINUTE, ...(contains === undefined ? {} : { contains }) },
    100,
  );
}

test('results without an end are cut off, the search is told as failed and its job is cancelled', async () => {
  practised.fault(RESULTS, { fault: 'endless' }, 99);
  const before = process.memoryUsage().rss;
  await expect(search()).rejects.toMatchObject({
    code: 'too_large',
    text: expect.stringMatching(/larger than 16 MiB/),
  });
  // The pages in which it was tried, and what is not collected yet: not the gigabyte that the answer would go on for.
  expect(process.memoryUsage().rss - before).toBeLessThan(512 * 1_048_576);
  practised.host.faults.clear();
  const count = (name: string) => practised.operations().filter((one) => one === name).length;
  expect(count(CONTROL)).toBe(count(CREATE));
  expect((await search()).lines.length).toBeGreaterThan(0);
});

test('lines of 10 MB are cut with a marker, also where several of them are too large for one answer', async () => {
  for (const letter of ['a', 'b', 'c']) {
    const message = `huge ${letter.repeat(TEN_MB)}`;
    practised.world.logs.emit({ service: 'charge-central', environment: 'prod', message, level: 'error' });
  }
  practised.world.advance(10);
  const { lines } = await search('huge');
  expect(lines).toHaveLength(3);
  for (const { message, fields } of lines) {
    expect(message).toMatch(/… \(99\d{5} more characters\)$/);
    expect(message.length).toBeLessThan(20_000);
    expect(Math.max(...Object.values(fields).map(({ length }) => length))).toBeLessThan(3_000);
  }
}, 60_000);
