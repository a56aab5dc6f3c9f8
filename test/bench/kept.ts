import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { PracticeWorld } from '../support/practice.ts';
import { Home } from '../support/run-oncall.ts';
import { splunkJobs } from '../support/splunk-jobs.ts';
import { RealTerminal } from '../support/terminal.ts';
import { corpus, randomOf } from '../unit/insight/patterns/corpus.ts';
import { type Figure, figure, median, percentile } from './figure.ts';
import { openCockpit, pause } from './screen.ts';

const SERVICE = 'ledger-api';
const MB = 1_048_576;
/** What the tail keeps up with while the log is filled. */
const FILL_RATE = 1_250;
const FULL = 100_000;
const MESSAGES = corpus(randomOf(3), 5_000).map(({ text }) => text);
/** Shows every key as it comes. */
const ECHO =
  "process.stdin.setRawMode(true);process.stdin.on('data',d=>process.stdout.write('\\r'+d));process.stdout.write('ready')";

/** Keys, memory and search jobs of a cockpit whose log pane keeps 100,000 lines while more come. */
export async function measureKept(quick: boolean): Promise<Figure[]> {
  const kept = quick ? FULL / 10 : FULL;
  const keys = quick ? 40 : 200;
  const world = await PracticeWorld.start();
  const home = new Home();
  const terminal = openCockpit(world, home);
  try {
    await terminal.until('the log', (text) => /4 Logs ─ ledger-api ─ live/.test(text), 60_000);
    terminal.write('4');
    await lines(world, kept, kept / FILL_RATE);
    const echoes = await echoLatencies(keys);
    const [slow, resident] = [await whileLines(world, terminal, 100, keys), residentMemory(terminal.pid)];
    const fast = await whileLines(world, terminal, 1_000, keys);
    await terminal.close();
    const [made, left] = await jobs(world);
    const key = (name: string, share: number, taken: readonly number[]) =>
      figure(name, 'ms', percentile(taken, share), percentile(echoes, share), taken.length);
    return [
      key('key.100.p50', 0.5, slow),
      key('key.100.p99', 0.99, slow),
      key('key.1000.p50', 0.5, fast),
      key('key.1000.p99', 0.99, fast),
      figure('memory.100k', 'MB', resident / MB, median(Array.from({ length: 5 }, bareMemory)) / MB, 1),
      figure('jobs.left', 'jobs', left, made, 1),
    ];
  } finally {
    await terminal.close();
    await world.stop();
    home.remove();
  }
}

/** Lets lines come and waits until they have. */
async function lines(world: PracticeWorld, count: number, seconds: number): Promise<void> {
  await begin(world, count, seconds);
  await pause((seconds + 10) * 1_000);
}

async function begin(world: PracticeWorld, count: number, seconds: number): Promise<void> {
  await world.event({
    kind: 'log',
    service: SERVICE,
    message: MESSAGES.slice(0, 10_000),
    count,
    over_s: seconds,
  });
}

async function whileLines(
  world: PracticeWorld,
  terminal: RealTerminal,
  rate: number,
  keys: number,
): Promise<number[]> {
  // Longer than the keys take: they are pressed twice a second or more often.
  const seconds = Math.min(100, 10 + keys / 2);
  await begin(world, rate * seconds, seconds);
  await pause(5_000);
  return toggles(terminal, keys, (text, on) => text.includes('─ wrapped') === on, ['w', 'w']);
}

/** From a key until its frame stands on the screen: each key turns something on or off that the screen tells. */
async function toggles(
  terminal: RealTerminal,
  keys: number,
  shows: (text: string, on: boolean) => boolean,
  [on, off]: readonly [string, string],
): Promise<number[]> {
  const taken: number[] = [];
  for (let key = 0; key < keys; key++) {
    const turned = key % 2 === 0;
    const start = performance.now();
    terminal.write(turned ? on : off);
    await terminal.until('the key', (text) => shows(text, turned));
    taken.push(performance.now() - start);
    await pause(40 + (key % 7) * 30);
  }
  return taken;
}

async function echoLatencies(keys: number): Promise<number[]> {
  const terminal = new RealTerminal(process.execPath, ['-e', ECHO], { columns: 120, rows: 40 });
  try {
    await terminal.until('the start', (text) => text.startsWith('ready'));
    return await toggles(terminal, keys, (text, on) => text.startsWith(on ? 'a' : 'b'), ['a', 'b']);
  } finally {
    await terminal.close();
  }
}

/** In bytes: of Linux, /proc/PID/status. */
function residentMemory(pid: number): number {
  const [, kilobytes = ''] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? [];
  return Number(kilobytes) * 1_024;
}

function bareMemory(): number {
  const told = execFileSync(process.execPath, ['-e', 'console.log(process.memoryUsage.rss())'], {
    encoding: 'utf8',
  });
  return Number(told);
}

/** Search jobs that were made, and those that the practice Splunk still has. */
async function jobs(world: PracticeWorld): Promise<readonly [number, number]> {
  const made = (await world.requests('splunk')).filter(({ operation }) => operation.endsWith('/jobs')).length;
  return [made, (await splunkJobs(world)).length];
}
