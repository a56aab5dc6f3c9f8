import { spawn } from 'node:child_process';
import { copyFile, mkdir, mkdtemp, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { output, startDaemon, until } from './programs.ts';

/** A real Docker Engine of its own, on a private unix socket, with one small image: `busy:1`. */
export interface DockerEngine {
  readonly socket: string;
  /** Runs docker's command line against it and gives what it prints. */
  docker(...args: string[]): Promise<string>;
  /** Removes all containers, ends the engine by its pid and removes its folder. */
  stop(): Promise<void>;
}

export async function startDockerEngine(): Promise<DockerEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'oncall-docker-'));
  const socket = join(folder, 'docker.sock');
  const daemon = startDaemon('/usr/sbin/dockerd', [
    ...['--iptables=false', '--bridge=none', '--storage-driver=vfs'],
    ...['--data-root', join(folder, 'data'), '--exec-root', join(folder, 'exec')],
    ...['--pidfile', join(folder, 'pid'), '-H', `unix://${socket}`],
  ]);
  const docker = (...args: string[]) => output('/usr/bin/docker', '-H', `unix://${socket}`, ...args);
  const answers = () =>
    docker('version').then(
      () => true,
      () => false,
    );
  const stop = async (): Promise<void> => {
    if (daemon.isRunning() && (await answers())) {
      const ids = (await docker('ps', '-aq')).split('\n').filter((id) => id !== '');
      if (ids.length > 0) await docker('rm', '-f', ...ids);
    }
    await daemon.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 10 });
  };
  try {
    await until('dockerd answers', answers, { timeoutMs: 45_000, told: daemon.stderr });
    await importBusybox(folder, socket);
    return { socket, docker, stop };
  } catch (thrown) {
    await stop();
    throw thrown;
  }
}

async function importBusybox(folder: string, socket: string): Promise<void> {
  const root = join(folder, 'rootfs');
  await mkdir(join(root, 'bin'), { recursive: true });
  await copyFile('/bin/busybox', join(root, 'bin', 'busybox'));
  for (const name of ['sh', 'sleep', 'true', 'false']) await symlink('busybox', join(root, 'bin', name));
  const tar = spawn('tar', ['-C', root, '-c', '.'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const docker = spawn('/usr/bin/docker', ['-H', `unix://${socket}`, 'import', '-', 'busy:1'], {
    stdio: [tar.stdout, 'ignore', 'inherit'],
  });
  const code = await new Promise((resolve) => docker.on('close', resolve));
  if (code !== 0) throw new Error('docker import failed');
}

/** One container in every state that a test can bring about; named after its state. Resolves when all are in it. */
export async function makeContainersInEveryState({ docker }: DockerEngine): Promise<void> {
  const start = (name: string, options: string[], command: string) =>
    docker('run', '-d', '--name', name, '--network', 'none', ...options, 'busy:1', '/bin/sh', '-c', command);
  const health = (command: string) => [
    '--health-cmd',
    command,
    '--health-interval',
    '1s',
    '--health-retries',
    '1',
  ];
  const forever = 'while :; do sleep 1000; done';
  await start('running', [], forever);
  await start('exited', [], 'exit 3');
  await start('restarting', ['--restart', 'always'], 'exit 4');
  await start('healthy', health('true'), forever);
  await start('unhealthy', health('false'), forever);
  await start('paused', [], forever);
  await docker('pause', 'paused');
  await docker('create', '--name', 'created', '--network', 'none', 'busy:1', '/bin/true');
  await start('oom', ['-m', '8m', '--memory-swap', '8m'], 'x=a; while :; do x=$x$x; done');

  const state = (name: string, format: string) => docker('inspect', '--format', format, name);
  await until('every container is in its state', async () => {
    const states = await Promise.all([
      state('exited', '{{.State.Status}}'),
      // Its waits double, so from the fifth restart on it stands still long enough to be looked at.
      state('restarting', '{{ge .RestartCount 5}} {{.State.Status}}'),
      state('healthy', '{{.State.Health.Status}}'),
      state('unhealthy', '{{.State.Health.Status}}'),
      state('oom', '{{.State.Status}} {{.State.OOMKilled}}'),
    ]);
    // The engine hears of the kernel's kill beside the exit, and now and then too late to tell it: then once more.
    if (states.at(-1) === 'exited false') await docker('start', 'oom');
    return states.join() === 'exited,true restarting,healthy,unhealthy,exited true';
  });
}
