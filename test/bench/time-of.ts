import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Milliseconds until a program has ended; its output goes into a pipe, as a prompt's does. Rejects where it cannot run. */
export async function timeOf(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Promise<number> {
  const start = performance.now();
  const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'ignore'], env });
  child.stdout.resume();
  await once(child, 'exit');
  return performance.now() - start;
}
