import { spawnSync } from 'node:child_process';
import { type Figure, median, spreadFigure } from './figure.ts';
import { timeOf } from './time-of.ts';

/** What others take to start, doing nothing: none of them asks a server. */
const TOOLS: Readonly<Record<string, readonly string[]>> = {
  aws: ['--version'],
  kubectl: ['version', '--client'],
  gh: ['--version'],
};

/** The same machine in the same run; one that is not installed is told and left out. */
export async function besideFigures(rounds: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [tool, args] of Object.entries(TOOLS)) {
    if (spawnSync(tool, args, { stdio: 'ignore' }).status !== 0) {
      process.stderr.write(`beside.${tool}: ${tool} is not installed here, and left out\n`);
      continue;
    }
    const taken: number[] = [];
    const bare: number[] = [];
    for (let round = 0; round < rounds; round++) {
      bare.push(await timeOf(process.execPath, ['-e', '0']));
      taken.push(await timeOf(tool, args));
    }
    figures.push(spreadFigure(`beside.${tool}`, 'ms', taken, median(bare)));
  }
  return figures;
}
