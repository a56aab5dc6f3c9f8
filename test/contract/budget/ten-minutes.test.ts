import { afterEach, expect, test, vi } from 'vitest';
import { loadConfig } from '../../../src/config/load.ts';
import { MINUTE, SECOND } from '../../../src/model/instant.ts';
import { type RunningPractice, startPractice } from '../../../src/practice/process.ts';
import { openSystems } from '../../../src/systems/index.ts';
import { openWatch } from '../../../src/watch/follow.ts';
import type { Source } from '../../../src/watch/types.ts';

/*
 * What the cockpit asks of each system in ten minutes, counted by the practice world. Time is made to pass here, by
 * seconds; the requests are real.
 */
const STEP_MS = 2 * SECOND;
const reallySoon = setImmediate;
const reallyLater = setTimeout;

afterEach(() => {
  vi.useRealTimers();
});

type Counts = Readonly<Record<string, number>>;

/** Requests a minute, by system and, of AWS, by operation. */
async function watched(
  lengthMs: number,
  chosen: (services: readonly string[]) => readonly string[],
): Promise<Counts> {
  // A world of its own, in the same time: its limits go by it.
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'performance'] });
  const practice = await startPractice({
    scenario: 'bad-deploy',
    seed: 1,
    speed: 1,
    tls: false,
    untilStdinCloses: false,
  });
  const loaded = await loadConfig({ configFile: practice.line.config });
  const { catalog } = loaded;
  const systems = openSystems(loaded);
  const watch = openWatch(systems, catalog);
  const names = chosen(catalog.services.map(({ name }) => name));
  const nothing = () => undefined;
  const environment = 'prod';
  for (const source of [
    watch.incidents(),
    watch.onCall(),
    watch.me(),
    watch.systems(),
    ...watch.signals(environment),
  ])
    source.subscribe(nothing);
  for (const name of names) watch.deploys(name, environment).subscribe(nothing);
  await begun(names.map((name) => watch.deploys(name, environment)));
  let leave: readonly (() => void)[] = [];
  for (let past = 0; past < lengthMs; past += STEP_MS) {
    if (past % (20 * SECOND) === 0) {
      for (const each of leave) each();
      const name = names[(past / (20 * SECOND)) % names.length] ?? '';
      const incident = watch.incidents().get().value?.[0]?.id;
      leave = [
        watch.fleet(name, environment).subscribe(nothing),
        watch.logs(name, environment).subscribe(nothing),
        ...(incident === undefined ? [] : [watch.incident(incident).subscribe(nothing)]),
      ];
    }
    await vi.advanceTimersByTimeAsync(STEP_MS);
    await answered();
  }
  const counts = counted(practice, lengthMs);
  vi.useRealTimers();
  await watch.stop();
  await systems.close();
  await practice.stop();
  return counts;
}

/** Until all have been read once: the first time, the adapters are loaded, which takes as long as it takes. */
async function begun(sources: readonly Source<unknown>[]): Promise<void> {
  const unread = () => sources.filter((source) => source.get().value === null);
  for (let wait = 0; unread().length > 0; wait += 1) {
    if (wait === 3_000) throw new Error(`${unread().length} of ${sources.length} were never read`);
    await new Promise((done) => reallyLater(done, 10));
    await vi.advanceTimersByTimeAsync(1);
  }
}

/** Lets what was asked be answered. */
async function answered(): Promise<void> {
  for (let turn = 0; turn < 40; turn += 1) await new Promise((done) => reallySoon(done));
}

function counted(practice: RunningPractice, lengthMs: number): Counts {
  const counts: Record<string, number> = {};
  const minutes = lengthMs / MINUTE;
  for (const { system, operation } of practice.host.log.all()) {
    const names = system === 'aws' ? [system, `${system} ${operation}`] : [system];
    for (const name of names) counts[name] = (counts[name] ?? 0) + 1 / minutes;
  }
  return counts;
}

/** Which stack it was is in the call: there is no asking for several (DescribeStackEvents, StackName). */
const ONE_BY_ONE = 'aws DescribeStackEvents';

test('32 services, the deploys of all of them watched: each system is asked within its budget', async () => {
  const all = await watched(10 * MINUTE, (names) => names);
  expect(all.pagerduty).toBeLessThan(40);
  expect(all.buildkite).toBeLessThan(30);
  expect(all.aws).toBeGreaterThan(0);
}, 120_000);

test('AWS is asked no more often for 32 services than for 4, but for what it tells of one stack only', async () => {
  const [few, all] = [
    await watched(3 * MINUTE, (names) => names.slice(0, 4)),
    await watched(3 * MINUTE, (names) => names),
  ];
  const more = Object.entries(all).filter(
    ([name, perMinute]) => name.startsWith('aws ') && name !== ONE_BY_ONE && perMinute > (few[name] ?? 0) + 2,
  );
  expect(more).toEqual([]);
}, 120_000);
