import { expect, test } from 'vitest';
import type { Config } from '../../../src/config/schema.ts';
import { MINUTE } from '../../../src/model/instant.ts';
import type { Monitors } from '../../../src/model/ports/index.ts';
import { type Practised, practised } from './practised.ts';

async function alarms(
  change?: (config: Config) => Config,
): Promise<
  Practised & { readonly monitor: Monitors; read(environment?: string): ReturnType<Monitors['signals']> }
> {
  const world = await practised(change);
  const monitor = (await world.systems.monitors()).find(({ system }) => system === 'aws');
  if (monitor === undefined) throw new Error('AWS is no monitor');
  return { ...world, monitor, read: (environment = 'prod') => monitor.signals(environment) };
}

const byTitle = (signals: Awaited<ReturnType<Monitors['signals']>>, title: string) => {
  const found = signals.find((signal) => signal.title === title);
  if (found === undefined) throw new Error(`no signal ${title}`);
  return found;
};

test('alarms that are on, with service, squad, value, history and since when', async () => {
  const { read, world } = await alarms();
  const signals = await read();
  expect(signals.map(({ title }) => title).sort()).toEqual([
    'charge-central-5xx',
    'charge-central-receipts-errors',
    'ledger-api-charges-dlq',
    'payments-impaired',
  ]);
  const queue = byTitle(signals, 'ledger-api-charges-dlq');
  expect(queue).toMatchObject({
    source: 'aws',
    kind: 'alarm',
    service: 'ledger-api',
    squad: 'ledger',
    severity: 'critical',
    acknowledged: false,
    inDowntime: false,
    url: null,
  });
  expect(world.now() - (queue.since ?? 0)).toBeGreaterThan(8 * MINUTE);
  expect(queue.measure?.unit).toBe('messages');
  const depths = queue.measure?.values ?? [];
  expect(depths).toEqual(depths.toSorted((a, b) => a - b));
  expect(depths.at(-1)).toBeGreaterThan(200);
  // Metric math: errors in a hundred requests, of two metrics in the same call as those of the others.
  const rate = byTitle(signals, 'charge-central-5xx').measure;
  expect(rate?.unit).toBe('%');
  expect(rate?.values.at(-1)).toBeGreaterThan(9);
  expect(rate?.values.at(0)).toBeLessThan(1);
  expect(byTitle(signals, 'charge-central-receipts-errors').measure?.unit).toBe('errors');
});

test('a composite alarm is its service’s by its tag, asked for once', async () => {
  const { read, operations } = await alarms();
  for (const _ of [1, 2]) {
    const composite = byTitle(await read(), 'payments-impaired');
    expect(composite).toMatchObject({ service: 'charge-central', squad: 'billing', measure: null });
  }
  expect(operations().filter((one) => one === 'ListTagsForResource')).toHaveLength(1);
  expect(operations().filter((one) => one === 'GetMetricData')).toHaveLength(2);
});

test('alarms of another environment in the same account are left out', async () => {
  const { read } = await alarms();
  expect(await read('test')).toEqual([]);
});

test('alarms over several pages, and more metrics than one call takes', async () => {
  const { read, world, operations } = await alarms();
  const [trouble] = world.state.troubles;
  world.state.alarms.push(
    ...Array.from({ length: 250 }, (_, index) => ({
      name: `reconciler-rate-${String(index).padStart(3, '0')}`,
      description: 'low priority',
      metric: 'error_rate' as const,
      of: [`lb-${index}`],
      threshold: 1,
      value: 5,
      effect: trouble?.key ?? null,
      tags: {},
    })),
  );
  const signals = (await read()).filter(({ service }) => service === 'reconciler');
  expect(signals).toHaveLength(250);
  expect(
    signals.every(({ measure, severity }) => (measure?.values.length ?? 0) > 5 && severity === 'warning'),
  ).toBe(true);
  expect(operations().filter((one) => one === 'DescribeAlarms')).toHaveLength(3);
  // 250 rates are 750 queries, and what the others measure.
  expect(operations().filter((one) => one === 'GetMetricData')).toHaveLength(2);
});

test('all of it is over once the bad version is gone', async () => {
  const { read, world } = await alarms();
  expect(await read()).toHaveLength(4);
  for (const instance of world.state.instances)
    if (instance.tags.version === '1.0.283') instance.lifecycle = 'Terminated';
  world.advance(5 * 60);
  expect(await read()).toEqual([]);
});

test('one is read again by its id; null once it is over', async () => {
  const { monitor, world } = await alarms();
  expect(await monitor.signal('prod/charge-central-5xx')).toMatchObject({ service: 'charge-central' });
  expect(await monitor.signal('prod/cart-5xx')).toBeNull();
  expect(await monitor.signal('prod/no-such-alarm')).toBeNull();
  for (const instance of world.state.instances)
    if (instance.tags.version === '1.0.283') instance.lifecycle = 'Terminated';
  world.advance(5 * 60);
  expect(await monitor.signal('prod/charge-central-5xx')).toBeNull();
});

test('a queue and a function that no alarm speaks for are signals while they are not well', async () => {
  const named = (config: Config): Config => {
    const ledger = config.services['ledger-api'];
    if (ledger === undefined) throw new Error('no ledger-api');
    const dead_letter_queues = ['ledger-api-charges-dlq', 'cart-dlq'];
    return { ...config, services: { ...config.services, 'ledger-api': { ...ledger, dead_letter_queues } } };
  };
  const { read, world } = await alarms(named);
  expect((await read()).filter(({ id }) => id.includes('queue:'))).toEqual([]);
  const index = world.state.alarms.findIndex(({ name }) => name === 'ledger-api-charges-dlq');
  const [alarm] = world.state.alarms.splice(index, 1);
  if (alarm === undefined) throw new Error('no such alarm');
  // The metric stays; the alarm on it is set to be on from a million messages.
  world.state.alarms.push({ ...alarm, name: 'big-queue', threshold: 1e6 });
  expect((await read()).find(({ id }) => id.includes('queue:'))).toMatchObject({
    title: 'dead letters in ledger-api-charges-dlq',
    service: 'ledger-api',
    severity: 'warning',
  });
});

test('without the right to metrics the alarms have no numbers, without the right to alarms it says so', async () => {
  const { read, fault } = await alarms();
  fault('GetMetricData', 'status', { status: 403, times: 3 });
  const signals = await read();
  expect(signals).toHaveLength(4);
  expect(signals.every(({ measure }) => measure === null)).toBe(true);
  fault('DescribeAlarms', 'status', { status: 403 });
  await expect(read()).rejects.toMatchObject({
    code: 'forbidden',
    message: 'Not allowed: your role lacks cloudwatch:DescribeAlarms.',
  });
});

test('throttling is told as what it is when it lasts', async () => {
  const { read, fault } = await alarms();
  fault('DescribeAlarms', 'status', { status: 400, times: 3 });
  await expect(read()).rejects.toMatchObject({ code: 'rate_limited' });
});

test('CloudWatch is only read', async () => {
  const { monitor } = await alarms();
  expect(monitor.can).toEqual([]);
  await expect(
    monitor.change(
      { kind: 'acknowledge', id: 'prod/charge-central-5xx', comment: '' },
      'sam@harbour.example',
    ),
  ).rejects.toMatchObject({ code: 'invalid' });
});
