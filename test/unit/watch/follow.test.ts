import { afterEach, expect, test, vi } from 'vitest';
import { Failure } from '../../../src/model/failure.ts';
import type { Incident } from '../../../src/model/incident.ts';
import { localNow } from '../../../src/model/instant.ts';
import type { LogLine } from '../../../src/model/log-line.ts';
import type { TailStep } from '../../../src/model/ports/index.ts';
import { ownText } from '../../../src/model/safe-text.ts';
import { openWatch, type WatchOptions } from '../../../src/watch/follow.ts';
import type { Snapshot } from '../../../src/watch/snapshot.ts';
import type { Watch } from '../../../src/watch/types.ts';
import { deploy, incident, NOW } from '../insight/cast.ts';
import { CATALOG, fakeSystems } from './fakes.ts';

let watch: Watch | undefined;

afterEach(async () => {
  await watch?.stop();
  watch = undefined;
});

function open(systems = fakeSystems(), options: WatchOptions = {}): Watch {
  watch = openWatch(systems, CATALOG, options);
  return watch;
}

const until = (condition: () => boolean) =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 5_000 });

test('nothing is asked before somebody looks; two who look cost one request', async () => {
  const openIncidents = vi.fn(async () => [incident('Q1')]);
  const incidents = open(fakeSystems({ pager: { openIncidents } })).incidents();
  expect(openIncidents).not.toHaveBeenCalled();
  const seen: string[] = [];
  const leave = [incidents.subscribe(() => seen.push('a')), incidents.subscribe(() => seen.push('b'))];
  await until(() => incidents.get().value !== null);
  expect(openIncidents).toHaveBeenCalledTimes(1);
  expect(seen).toEqual(['a', 'b']);
  for (const each of leave) each();
});

test('a value that did not change keeps its identity', async () => {
  const openIncidents = vi.fn(async () => [incident('Q1')]);
  const incidents = open(fakeSystems({ pager: { openIncidents } })).incidents();
  await incidents.refresh();
  const before = incidents.get();
  await incidents.refresh();
  expect(openIncidents).toHaveBeenCalledTimes(2);
  expect(incidents.get().value).toBe(before.value);
});

test('a failure keeps the old value, and goes away with the next answer', async () => {
  let fails = false;
  const incidents = open(
    fakeSystems({
      pager: {
        async openIncidents() {
          if (fails) throw new Failure('pagerduty', 'refused', 'Connection refused.');
          return [incident('Q1')];
        },
      },
    }),
  ).incidents();
  await incidents.refresh();
  const good = incidents.get();
  fails = true;
  await incidents.refresh();
  expect(incidents.get().error?.code).toBe('refused');
  expect(incidents.get().value).toBe(good.value);
  expect(incidents.get().receivedAt).toBe(good.receivedAt);
  fails = false;
  await incidents.refresh();
  expect(incidents.get().error).toBeNull();
});

test('the very first attempt may fail', async () => {
  const refused = async (): Promise<Incident[]> => {
    throw new Failure('pagerduty', 'refused', 'Connection refused.');
  };
  const incidents = open(fakeSystems({ pager: { openIncidents: refused } })).incidents();
  await incidents.refresh();
  expect(incidents.get()).toMatchObject({ value: null, takenAt: null, error: { code: 'refused' } });
});

test('what a person asked for begins anew: an answer that was under way is not taken for it', async () => {
  const answers: ((incidents: Incident[]) => void)[] = [];
  const openIncidents = () => new Promise<Incident[]>((resolve) => answers.push(resolve));
  const incidents = open(fakeSystems({ pager: { openIncidents } })).incidents();
  const leave = incidents.subscribe(() => {});
  await until(() => answers.length === 1);
  answers[0]?.([incident('Q1')]);
  await until(() => incidents.get().value !== null);
  const slow = incidents.refresh();
  await until(() => answers.length === 2);
  const asked = incidents.refresh();
  await until(() => answers.length === 3);
  answers[1]?.([incident('Q1')]);
  answers[2]?.([incident('Q1', { status: 'acknowledged' })]);
  await Promise.all([slow, asked]);
  expect(incidents.get().value?.[0]?.status).toBe('acknowledged');
  leave();
});

test('after the end nothing is read any more, whoever asks', async () => {
  let asked = 0;
  const openIncidents = async () => {
    asked += 1;
    return [incident('Q1')];
  };
  const watch = open(fakeSystems({ pager: { openIncidents } }));
  const leave = watch.incidents().subscribe(() => {});
  await until(() => asked === 1);
  leave();
  await watch.stop();
  await watch.incidents().refresh();
  expect(asked).toBe(1);
});

test('many changes are told at one pace, and all sources together', async () => {
  let step = 0;
  const systems = fakeSystems({
    logSearch: {
      async *tail(): AsyncGenerator<TailStep> {
        for (; step < 40; step++) {
          yield {
            kind: 'batch',
            batch: { lines: [line(step)], completeTo: step, notShown: 0 },
            systemNow: step,
          };
        }
        await new Promise(() => {});
      },
    },
  });
  const logs = open(systems).logs('charge-central', 'prod');
  let told = 0;
  const leave = logs.subscribe(() => {
    told += 1;
  });
  await until(() => logs.get().value?.total === 40);
  expect(told).toBeLessThanOrEqual(2);
  expect(logs.get().value?.lines.map(({ id }) => id)).toEqual(
    Array.from({ length: 40 }, (_, id) => String(id)),
  );
  leave();
});

test('a tail stops when nobody looks, and goes on without repeats', async () => {
  const signals: AbortSignal[] = [];
  const systems = fakeSystems({
    logSearch: {
      async *tail(_query, signal): AsyncGenerator<TailStep> {
        signals.push(signal);
        const now = localNow();
        const from = signals.length - 1;
        yield {
          kind: 'batch',
          batch: { lines: [line(from), line(from + 1)], completeTo: now, notShown: 0 },
          systemNow: now,
        };
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    },
  });
  const logs = open(systems).logs('charge-central', 'prod');
  const leave = logs.subscribe(() => {});
  await until(() => logs.get().value?.total === 2);
  leave();
  expect(signals[0]?.aborted).toBe(true);
  const again = logs.subscribe(() => {});
  await until(() => logs.get().value?.total === 3);
  expect(logs.get().value?.lines.map(({ id }) => id)).toEqual(['0', '1', '2']);
  again();
});

test('a tail that begins anew after a gap starts over: no time is left out among the lines', async () => {
  const begins = [0, 900, 20];
  let tails = 0;
  const systems = fakeSystems({
    logSearch: {
      async *tail(_query, signal): AsyncGenerator<TailStep> {
        const now = localNow();
        const batch = { completeTo: now, linesTo: now - 5_000, notShown: 3 };
        const notShownIn = { from: now - 2_000, to: now - 1_000 };
        const from = tails === 1 ? now + 1_000 : now - 60_000;
        yield {
          kind: 'batch',
          batch: { ...batch, notShownIn, from, lines: [line(begins[tails] ?? 0)] },
          systemNow: now,
        };
        tails += 1;
        await new Promise((resolve) => signal.addEventListener('abort', resolve));
      },
    },
  });
  const logs = open(systems).logs('charge-central', 'prod');
  const expected = [
    { ids: ['0'], notShown: 3 },
    { ids: ['900'], notShown: 3 },
    { ids: ['20', '900'], notShown: 6 },
  ];
  for (const { ids, notShown } of expected) {
    const leave = logs.subscribe(() => {});
    await until(
      () =>
        logs
          .get()
          .value?.lines.map(({ id }) => id)
          .join() === ids.join(),
    );
    expect(logs.get().value).toMatchObject({ notShown, lagMs: 5_000 });
    leave();
  }
});

test('trouble on the way keeps the lines and says what it is', async () => {
  const failure = new Failure('splunk', 'server_error', 'Splunk is full.');
  const systems = fakeSystems({
    logSearch: {
      async *tail(): AsyncGenerator<TailStep> {
        yield { kind: 'batch', batch: { lines: [line(1)], completeTo: 1, notShown: 0 }, systemNow: 1 };
        yield { kind: 'trouble', failure, nextTryMs: 1_000 };
        await new Promise(() => {});
      },
    },
  });
  const logs = open(systems).logs('charge-central', 'prod');
  const leave = logs.subscribe(() => {});
  await until(() => logs.get().error !== null);
  expect(logs.get().error?.message).toBe('Splunk is full. Asked again in 1 s.');
  expect(logs.get().value?.lines).toHaveLength(1);
  leave();
});

test('the last snapshot is shown until the first answer, and what is known is kept at the end', async () => {
  const earlier: Snapshot = {
    practice: true,
    incidents: {
      source: 'pagerduty',
      value: [incident('OLD')],
      takenAt: NOW,
      receivedAt: NOW,
      error: null,
      staleAfterMs: 1,
    },
    onCall: { source: 'pagerduty', value: [], takenAt: NOW, receivedAt: NOW, error: null, staleAfterMs: 1 },
    me: null,
    deploys: [
      {
        service: 'charge-central',
        environment: 'prod',
        reading: {
          source: 'aws',
          value: [deploy('2', NOW, null)],
          takenAt: NOW,
          receivedAt: NOW,
          error: null,
          staleAfterMs: 1,
        },
      },
    ],
    systems: [],
  };
  const written: Snapshot[] = [];
  const store = { read: () => earlier, write: async (snapshot: Snapshot) => void written.push(snapshot) };
  const followed = open(fakeSystems(), { snapshot: store });
  expect(followed.incidents().get().value?.[0]?.id).toBe('OLD');
  expect(followed.deploys('charge-central', 'prod').get().value?.[0]?.version).toBe('2');
  await until(() => followed.incidents().get().value?.[0]?.id === 'Q1');
  await followed.stop();
  watch = undefined;
  expect(written.at(-1)?.incidents.value?.[0]?.id).toBe('Q1');
});

test.each([
  [null, 'PSAM001'],
  ['SAM@harbour.example', 'PSAM001'],
  ['dora@harbour.example', ''],
])('with the address %s you are %j', async (email, id) => {
  const me = open(fakeSystems(), { email }).me();
  await me.refresh();
  expect(me.get().value?.id).toBe(id);
});

function line(id: number): LogLine {
  return {
    id: String(id),
    at: id,
    indexedAt: id,
    level: 'info',
    message: ownText('x'),
    service: 'charge-central',
    instance: null,
    version: null,
    fields: {},
    late: false,
  };
}
