import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ONCALL } from './practice.ts';

export interface Ran {
  readonly exit: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A home of its own for one test: nothing of the person who runs the tests is read or written. */
export class Home {
  readonly folder = mkdtempSync(join(tmpdir(), 'oncall-home-'));

  get env(): Record<string, string> {
    return {
      HOME: this.folder,
      XDG_CONFIG_HOME: join(this.folder, 'config'),
      XDG_STATE_HOME: join(this.folder, 'state'),
      XDG_CACHE_HOME: join(this.folder, 'cache'),
      XDG_RUNTIME_DIR: this.folder,
    };
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** `oncall ARGS` as a person or a script runs it, without a terminal. */
export function runOncall(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Ran> {
  return beginOncall(args, env).ended;
}

/** The same while it runs; `kill` is SIGKILL: nothing in it can answer. */
export function beginOncall(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): { readonly ended: Promise<Ran>; kill(): void } {
  const child = spawn(process.execPath, [ONCALL, ...args], {
    env: { PATH: process.env.PATH ?? '', TZ: 'UTC', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<Ran>((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (data: string) => {
      stdout += data;
    });
    child.stderr.setEncoding('utf8').on('data', (data: string) => {
      stderr += data;
    });
    child.on('error', reject);
    child.on('close', (exit) => resolve({ exit, stdout, stderr }));
  });
  return { ended, kill: () => void child.kill('SIGKILL') };
}
