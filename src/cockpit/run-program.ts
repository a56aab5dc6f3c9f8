import { spawn } from 'node:child_process';
import process from 'node:process';
import { setImmediate } from 'node:timers/promises';

/**
 * Runs a program on this process's terminal until it ends; it is ended when the signal aborts. Rejects when it cannot
 * be started. No shell comes between.
 */
export async function runProgram(command: readonly string[], signal: AbortSignal): Promise<void> {
  // Nobody here listens to the keys now; the stream would go on reading them all the same, instead of the program.
  await setImmediate();
  process.stdin.pause();
  await setImmediate();
  await ended(command, signal);
}

function ended([program = '', ...args]: readonly string[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit' });
    const end = () => child.kill();
    signal.addEventListener('abort', end, { once: true });
    const done = () => signal.removeEventListener('abort', end);
    child.once('error', (error) => {
      done();
      reject(error);
    });
    child.once('exit', () => {
      done();
      resolve();
    });
  });
}
