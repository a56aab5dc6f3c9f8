import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';

const MAX_STDERR = 16 * 1024;
/** After SIGTERM; an ssh that waits for the network cannot always end at once. */
const KILL_AFTER_MS = 2_000;

/** A started ssh, by its argument vector: no shell is between us and it. */
export interface SshProcess {
  /** What it said so far on standard error, the newest of it. */
  stderr(): string;
  /** Exit code, once it has ended; null: a signal ended it, or it could not be started (see `stderr`). */
  readonly ended: Promise<number | null>;
  isRunning(): boolean;
  /** Ends it by its pid. */
  end(): void;
}

/** Does not keep this process alive, and ends with it at the latest. */
export function startSsh(args: readonly string[], onOutput: ((chunk: Buffer) => void) | null): SshProcess {
  const child = spawn('ssh', args, { stdio: ['ignore', onOutput === null ? 'ignore' : 'pipe', 'pipe'] });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => onOutput?.(chunk));
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-MAX_STDERR);
  });
  running.add(child);
  process.off('exit', endAll).on('exit', endAll);
  const ended = new Promise<number | null>((resolve) => {
    const finish = (code: number | null): void => {
      running.delete(child);
      resolve(code);
    };
    child.on('close', finish);
    child.on('error', (error) => {
      said += `\n${error.message}`;
      finish(null);
    });
  });
  if (onOutput === null) {
    child.unref();
    if (child.stderr instanceof Socket) child.stderr.unref();
  }
  return {
    ended,
    stderr: () => said,
    isRunning: () => running.has(child),
    end: () => {
      if (!running.has(child)) return;
      child.ref();
      child.kill('SIGTERM');
      const timer = setTimeout(() => child.kill('SIGKILL'), KILL_AFTER_MS);
      void ended.then(() => clearTimeout(timer));
    },
  };
}

const running = new Set<ChildProcess>();

function endAll(): void {
  for (const child of running) child.kill('SIGTERM');
}
