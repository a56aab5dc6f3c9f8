// npm run soak [-- --runs 5000] [--seed N [--path P]] [--minutes M]: the one-send law on random schedules of faults;
// npm run soak -- --lines N [--from splunk]: memory while so many log lines come;
// npm run soak -- --streams N [--seed N [--path P]]: so many random logs, each line shown once whatever fails.
import { parseArgs } from 'node:util';
import { reportFlood } from './flood-report.ts';
import { LawBroken, soak } from './soak.ts';
import { soakStreams } from './streams/soak.ts';
import { Tally } from './tally.ts';

const MOST_RUNS = 1_000_000;
const MOST_LINES = 1_000_000_000;
/** Worlds that are played in at once: schedules wait for deadlines more than they compute. */
const WORLDS = 4;
const TELL_EVERY_MS = 30_000;

const { values } = parseArgs({
  options: {
    runs: { type: 'string', default: '500' },
    seed: { type: 'string' },
    path: { type: 'string' },
    minutes: { type: 'string', default: '60' },
    lines: { type: 'string' },
    from: { type: 'string', default: 'lines' },
    streams: { type: 'string' },
  },
});
if (values.lines !== undefined) {
  await reportFlood(
    whole('--lines', values.lines, MOST_LINES),
    values.from === 'splunk' ? 'splunk' : 'lines',
    say,
  );
  process.exit();
}
const runs = whole('--runs', values.runs, MOST_RUNS);
const seed =
  values.seed === undefined ? Math.trunc(Math.random() * 2 ** 31) : whole('--seed', values.seed, 2 ** 31);
const path = values.path === undefined ? {} : { path: values.path };
if (values.streams !== undefined) {
  const streams = whole('--streams', values.streams, MOST_RUNS);
  say(`seed ${seed}, ${streams} logs`);
  for (const [name, value] of Object.entries(await soakStreams({ runs: streams, seed, ...path })))
    say(`${name}: ${typeof value === 'number' ? value : JSON.stringify(value)}`);
  process.exit();
}
const until = AbortSignal.timeout(whole('--minutes', values.minutes, 24 * 60) * 60_000);
const worlds = values.path === undefined ? Math.min(WORLDS, runs) : 1;

say(`seed ${seed}, ${runs} schedules in ${worlds} worlds`);
const tally = new Tally();
let toldAt = performance.now();
const onPlayed = () => {
  if (performance.now() - toldAt < TELL_EVERY_MS) return;
  toldAt = performance.now();
  say(`${tally.schedules} schedules`);
};
const failed = new AbortController();
const shares = Array.from({ length: worlds }, (_, world) => {
  const share = Math.ceil((runs - world) / worlds);
  const options = {
    runs: share,
    seed: seed + world,
    children: true,
    ...path,
    until: AbortSignal.any([until, failed.signal]),
    onPlayed,
  };
  return soak(options, tally).catch((thrown: unknown) => {
    failed.abort();
    throw thrown;
  });
});
const ended = await Promise.allSettled(shares);
say(`${tally.schedules} schedules were played.`);
for (const line of tally.lines()) say(line);
for (const each of ended) {
  if (each.status === 'fulfilled') continue;
  process.exitCode = 1;
  say(each.reason instanceof LawBroken ? each.reason.message : String(each.reason?.stack ?? each.reason));
}
// Whoever was killed in a schedule waits for answers that never come.
process.exit();

function whole(name: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  process.stderr.write(`${name} must be a whole number from 1 to ${most}, not "${text}"\n`);
  process.exit(64);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
