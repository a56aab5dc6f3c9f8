import { ONCALL, PracticeWorld } from '../support/practice.ts';
import { Home } from '../support/run-oncall.ts';
import { RealTerminal } from '../support/terminal.ts';
import { type Figure, figure, median, percentile } from './figure.ts';

const SYNC_MARKS = 16;
const ECHO = "process.stdin.setRawMode(true);process.stdin.on('data',d=>process.stdout.write('\\r'+d))";

/** Bytes and key latency of the cockpit at 120×40 while its chosen service writes 100 log lines a second. */
export async function measureScreen(seconds: number, keys: number): Promise<Figure[]> {
  const world = await PracticeWorld.start();
  const home = new Home();
  const terminal = openCockpit(world, home);
  const lines = new Lines(world, 100);
  try {
    await terminal.until('the fleet', (text) => text.includes('InService'), 60_000);
    lines.start();
    const { written, floor, frames } = await countBytes(terminal, seconds);
    const latencies = await keyLatencies(terminal, keys);
    const echoes = await echoLatencies(keys);
    return [
      figure('bytes.120x40', 'B/s', written / seconds, floor / seconds, frames),
      figure('key.100.p50', 'ms', median(latencies), median(echoes), latencies.length),
      figure('key.100.p99', 'ms', percentile(latencies, 0.99), percentile(echoes, 0.99), latencies.length),
    ];
  } finally {
    await lines.stop();
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

/** From a key that moves the cursor to the first bytes of the frame that shows it. */
async function keyLatencies(terminal: RealTerminal, keys: number): Promise<number[]> {
  const taken: number[] = [];
  for (let key = 0; key < keys; key++) {
    taken.push(await answerTime(terminal, key % 2 === 0 ? 'j' : 'k'));
    await pause(40 + (key % 7) * 10);
  }
  return taken;
}

/** The same keys against a process that only echoes them: the least that a terminal program can take here. */
async function echoLatencies(keys: number): Promise<number[]> {
  const terminal = new RealTerminal(process.execPath, ['-e', ECHO], { columns: 120, rows: 40 });
  try {
    await pause(300);
    return await keyLatencies(terminal, keys);
  } finally {
    await terminal.close();
  }
}

async function answerTime(terminal: RealTerminal, key: string): Promise<number> {
  const before = terminal.bytes;
  const start = performance.now();
  terminal.write(key);
  while (terminal.bytes === before && performance.now() - start < 2_000) await new Promise(setImmediate);
  return performance.now() - start;
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

function openCockpit(world: PracticeWorld, home: Home): RealTerminal {
  return new RealTerminal(process.execPath, [ONCALL, '--config', world.config], {
    columns: 120,
    rows: 40,
    env: home.env,
  });
}

/** Writes lines into the practice world's log of the service that the cockpit follows. */
class Lines {
  readonly #world: PracticeWorld;
  readonly #perSecond: number;
  #running: Promise<void> | null = null;
  #stop = false;

  constructor(world: PracticeWorld, perSecond: number) {
    this.#world = world;
    this.#perSecond = perSecond;
  }

  start(): void {
    this.#running = this.#write();
  }

  async stop(): Promise<void> {
    this.#stop = true;
    await this.#running;
  }

  async #write(): Promise<void> {
    for (let tick = 0; !this.#stop; tick++) {
      const each = this.#perSecond / 4;
      for (let line = 0; line < each; line++) {
        const message = `request ${tick}-${line} took ${(tick * 31 + line * 7) % 900} ms for order ${tick * each + line}`;
        await this.#world.event({ kind: 'log', service: 'ledger-api', environment: 'prod', message });
      }
      await pause(250);
    }
  }
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
