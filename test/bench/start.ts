import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { ONCALL, type PracticeWorld } from '../support/practice.ts';
import { Home } from '../support/run-oncall.ts';
import { RealTerminal } from '../support/terminal.ts';
import { type Figure, figure, median } from './figure.ts';

/** Start-up: each command and bare `node -e 0` by turns, so that both see the same machine. */
export async function measureStart(world: PracticeWorld, rounds: number): Promise<Figure[]> {
  const home = new Home();
  try {
    const commands: Record<string, readonly string[]> = {
      'status.start': [ONCALL, 'status', '--config', world.config],
      'status.all': [ONCALL, 'status', '--all', '--config', world.config],
      'short.start': [ONCALL, 'status', '--short', '--config', world.config],
    };
    const figures: Figure[] = [];
    for (const [name, args] of Object.entries(commands)) {
      const taken: number[] = [];
      const bare: number[] = [];
      for (let round = 0; round <= rounds; round++) {
        const bareMs = await timeOf(['-e', '0'], home);
        const commandMs = await timeOf(args, home);
        if (round === 0) continue; // warms the compile cache and the snapshot
        bare.push(bareMs);
        taken.push(commandMs);
      }
      figures.push(figure(name, 'ms', median(taken), median(bare), rounds));
    }
    figures.push(await measureFirstFrame(world, home, rounds));
    return figures;
  } finally {
    home.remove();
  }
}

/** Until the first full frame of the cockpit: its hint line stands in the last row. */
async function measureFirstFrame(world: PracticeWorld, home: Home, rounds: number): Promise<Figure> {
  const taken: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < rounds; round++) {
    bare.push(await timeOf(['-e', '0'], home));
    const start = performance.now();
    const terminal = new RealTerminal(process.execPath, [ONCALL, '--config', world.config], {
      columns: 120,
      rows: 40,
      env: home.env,
    });
    await terminal.until('the hint line', () => (terminal.lines().at(-1) ?? '').includes('? help'));
    taken.push(performance.now() - start);
    await terminal.close();
  }
  return figure('cockpit.first', 'ms', median(taken), median(bare), rounds);
}

async function timeOf(args: readonly string[], home: Home): Promise<number> {
  const start = performance.now();
  const child = spawn(process.execPath, args, { stdio: 'ignore', env: { ...process.env, ...home.env } });
  await once(child, 'exit');
  return performance.now() - start;
}
