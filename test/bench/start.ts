import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ONCALL, type PracticeWorld } from '../support/practice.ts';
import { Home } from '../support/run-oncall.ts';
import { RealTerminal } from '../support/terminal.ts';
import { besideFigures } from './beside.ts';
import { type Figure, median, spreadFigure } from './figure.ts';
import { PagerReply, pagerAndAwsAlone } from './start-world.ts';
import { timeOf } from './time-of.ts';

/** Start-up over TLS: each command and bare `node -e 0` by turns, so that both see the same machine. */
export async function measureStart(
  world: PracticeWorld,
  rounds: number,
  wanted: (name: string) => boolean,
): Promise<Figure[]> {
  const home = new Home();
  const reply = new PagerReply(world);
  const env = { ...process.env, ...home.env };
  const run = (args: readonly string[]) => timeOf(process.execPath, args, env);
  const status = (config: string, ...options: string[]) => [ONCALL, 'status', ...options, '--config', config];
  const floor = join(dirname(world.config), 'floor.mjs');
  writeFileSync(floor, reply.script());
  const commands: Record<string, { readonly args: readonly string[]; readonly asks: boolean }> = {
    'status.start': { args: status(world.config), asks: true },
    'status.floor': { args: [floor], asks: true },
    'status.all': { args: status(world.config, '--all'), asks: true },
    'status.aws': { args: status(pagerAndAwsAlone(world.config), '--all'), asks: true },
    'short.start': { args: status(world.config, '--short'), asks: false },
  };
  try {
    await run(status(world.config, '--all'));
    const figures: Figure[] = [];
    for (const [name, { args, asks }] of Object.entries(commands)) {
      if (!wanted(name)) continue;
      const taken: number[] = [];
      const bare: number[] = [];
      await run(args); // warms the compile cache
      for (let round = 0; round < rounds; round++) {
        bare.push(await run(['-e', '0']));
        const waited = asks ? await reply.take() : 0;
        taken.push((await run(args)) - waited);
      }
      figures.push(spreadFigure(name, 'ms', taken, median(bare)));
    }
    if (wanted('cockpit.first')) figures.push(await measureFirstFrame(world, home, rounds));
    if (wanted('beside')) figures.push(...(await besideFigures(rounds)));
    return figures;
  } finally {
    reply.close();
    home.remove();
  }
}

/** Until the first full frame of the cockpit: the incidents that were known last, and the hint line in the last row. */
async function measureFirstFrame(world: PracticeWorld, home: Home, rounds: number): Promise<Figure> {
  const taken: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round <= rounds; round++) {
    const bareMs = await timeOf(process.execPath, ['-e', '0'], { ...process.env, ...home.env });
    const start = performance.now();
    const terminal = new RealTerminal(process.execPath, [ONCALL, '--config', world.config], {
      columns: 120,
      rows: 40,
      env: home.env,
    });
    await terminal.until(
      'the last known incidents and the hint line',
      (text) => (terminal.lines().at(-1) ?? '').includes('? help') && text.includes('charge-central'),
    );
    const takenMs = performance.now() - start;
    await terminal.close();
    if (round === 0) continue; // warms the compile cache
    bare.push(bareMs);
    taken.push(takenMs);
  }
  return spreadFigure('cockpit.first', 'ms', taken, median(bare));
}
