import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

type Part = 'docker' | 'ssh' | 'nagios' | 'registry';

/** Programs that a test with real parts needs, and the Debian packages that bring them. */
const NEEDED: Readonly<Record<Part, readonly (readonly [path: string, debianPackage: string])[]>> = {
  docker: [
    ['/usr/sbin/dockerd', 'docker.io'],
    ['/usr/bin/docker', 'docker.io'],
    ['/bin/busybox', 'busybox-static'],
  ],
  ssh: [
    ['/usr/sbin/sshd', 'openssh-server'],
    ['/usr/bin/ssh', 'openssh-client'],
  ],
  nagios: [
    ['/usr/sbin/nagios4', 'nagios4-core'],
    ['/usr/lib/cgi-bin/nagios4/statusjson.cgi', 'nagios4-cgi'],
    ['/usr/lib/nagios/plugins/check_dummy', 'monitoring-plugins-basic'],
  ],
  registry: [['/usr/bin/docker-registry', 'docker-registry']],
};

/** Why the tests with these real parts cannot run here, and how they can; null: they can. */
export function missingRealParts(...parts: readonly Part[]): string | null {
  if (process.getuid?.() !== 0) return 'they need root: run the tests as root to have these too';
  const absent = parts.flatMap((part) => NEEDED[part]).filter(([path]) => !existsSync(path));
  const packages = [...new Set(absent.map(([, name]) => name))];
  return packages.length === 0
    ? null
    : `missing ${packages.join(', ')}: apt-get install -y --no-install-recommends ${packages.join(' ')}`;
}

/** Runs a program to its end; rejects with its standard error when it fails. */
export async function output(program: string, ...args: string[]): Promise<string> {
  const { stdout } = await run(program, args, { maxBuffer: 16 * 1024 * 1024 });
  return stdout.trim();
}

export interface Daemon {
  readonly pid: number;
  stderr(): string;
  isRunning(): boolean;
  /** Ends it by its pid and waits until it has ended. */
  stop(): Promise<void>;
}

export function startDaemon(program: string, args: readonly string[]): Daemon {
  const child: ChildProcess = spawn(program, args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  let running = true;
  child.stderr?.on('data', (chunk: Buffer) => {
    said = (said + chunk.toString('utf8')).slice(-64 * 1024);
  });
  const ended = new Promise<void>((resolve) => {
    child.on('close', () => resolve());
    child.on('error', () => resolve());
  }).then(() => {
    running = false;
  });
  if (child.pid === undefined) throw new Error(`${program} does not start`);
  return {
    pid: child.pid,
    stderr: () => said,
    isRunning: () => running,
    async stop() {
      if (running) child.kill('SIGTERM');
      await ended;
    },
  };
}

/** Waits until `holds` does; fails with what is told last when it does not in time. */
export async function until(
  what: string,
  holds: () => Promise<boolean> | boolean,
  { timeoutMs = 30_000, told = () => '' }: { timeoutMs?: number; told?: () => string } = {},
): Promise<void> {
  const deadline = AbortSignal.timeout(timeoutMs);
  for (;;) {
    if (await holds()) return;
    if (deadline.aborted) throw new Error(`waited in vain for: ${what}\n${told()}`);
    await wait(50);
  }
}

export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}
