import { ONCALL, PracticeWorld } from '../support/practice.ts';
import { Home } from '../support/run-oncall.ts';
import { RealTerminal } from '../support/terminal.ts';
import { corpus, randomOf } from '../unit/insight/patterns/corpus.ts';
import { type Figure, figure } from './figure.ts';

/** Mixed and realistic. */
const MESSAGES = corpus(randomOf(3), 5_000).map(({ text }) => text);
const SYNC_MARKS = 16;
const PER_SECOND = 100;
/** Until the first of them are shown. */
const WAITED_S = 5;

/** Bytes that the cockpit writes at 120×40 while its chosen service writes 100 log lines a second. */
export async function measureScreen(seconds: number): Promise<Figure[]> {
  const world = await PracticeWorld.start();
  const home = new Home();
  const terminal = openCockpit(world, home);
  try {
    await terminal.until('the fleet', (text) => text.includes('InService'), 60_000);
    await world.event({
      kind: 'log',
      service: 'ledger-api',
      message: MESSAGES,
      count: (seconds + WAITED_S) * PER_SECOND,
      over_s: seconds + WAITED_S,
    });
    await pause(WAITED_S * 1_000);
    const { written, floor, frames } = await countBytes(terminal, seconds);
    return [figure('bytes.120x40', 'B/s', written / seconds, floor / seconds, frames)];
  } finally {
    await terminal.close();
    await world.stop();
    home.remove();
  }
}

/** What was written, beside the floor: the UTF-8 bytes of the cells that changed and 16 bytes of sync marks a frame. */
async function countBytes(terminal: RealTerminal, seconds: number) {
  const end = performance.now() + seconds * 1_000;
  const before = terminal.bytes;
  let [floor, frames] = [0, 0];
  let seen = terminal.bytes;
  let rows = terminal.lines();
  while (performance.now() < end) {
    await pause(20);
    if (terminal.bytes === seen) continue;
    seen = terminal.bytes;
    const now = terminal.lines();
    floor += SYNC_MARKS + changedBytes(rows, now);
    rows = now;
    frames += 1;
  }
  return { written: terminal.bytes - before, floor, frames };
}

function changedBytes(before: readonly string[], after: readonly string[]): number {
  let bytes = 0;
  after.forEach((line, row) => {
    const old = before[row] ?? '';
    for (let column = 0; column < Math.max(line.length, old.length); column++) {
      if (line[column] !== old[column]) bytes += Buffer.byteLength(line[column] ?? ' ');
    }
  });
  return bytes;
}

/** Bytes in so many seconds in which nothing changes (a world whose time stands still), beside those of the first paint. */
export async function measureIdle(seconds: number): Promise<Figure[]> {
  const world = await PracticeWorld.start('--speed', '0.001');
  const home = new Home();
  const terminal = openCockpit(world, home);
  try {
    await terminal.until('the fleet', (text) => text.includes('InService'), 60_000);
    await pause(3_000);
    const painted = terminal.bytes;
    await pause(seconds * 1_000);
    return [figure('bytes.idle', 'B', terminal.bytes - painted, painted, 1)];
  } finally {
    await terminal.close();
    await world.stop();
    home.remove();
  }
}

export function openCockpit(world: PracticeWorld, home: Home): RealTerminal {
  return new RealTerminal(process.execPath, [ONCALL, '--config', world.config], {
    columns: 120,
    rows: 40,
    env: home.env,
  });
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
