import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { writeConfigFolder } from './config-file.ts';
import { serveControl } from './control.ts';
import { DockerSockets } from './docker-sockets.ts';
import { Host } from './host.ts';
import type { PracticeOptions } from './options.ts';
import { dockerServer } from './servers/docker/index.ts';
import { portServers } from './servers/index.ts';
import type { Setup } from './servers/server.ts';
import { createWorld } from './world/create.ts';
import type { World } from './world/world.ts';

/** The one line that `oncall demo --headless` prints (docs/contracts.md). */
export interface PracticeLine {
  readonly schema: 1;
  readonly config: string;
  readonly endpoints: Readonly<Record<string, string>>;
  readonly pid: number;
}

export interface RunningPractice {
  readonly line: PracticeLine;
  readonly world: World;
  readonly host: Host;
  stop(): Promise<void>;
}

/** `{instance}.sock` and a separator: what follows the folder in a socket's path, of at most 107 bytes. */
const SOCKET_NAME_LENGTH = 26;
const SOCKET_PATH_LIMIT = 107;

/** Starts a world with all its servers, and writes the configuration that leads to them. */
export async function startPractice(options: PracticeOptions): Promise<RunningPractice> {
  const world = createWorld(options);
  const folder = await temporaryFolder();
  const tls = options.tls ? await (await import('./tls.ts')).makeCertificates() : null;
  const host = new Host(world, tls);
  const docker = new DockerSockets(host, world, dockerServer(), folder);
  const stop = async () => {
    docker.stop();
    world.stop();
    await host.close();
    await rm(folder, { recursive: true, force: true });
  };
  try {
    const endpoints: Record<string, string> = {};
    const setups: Setup[] = [];
    const authority = tls === null ? {} : { ca_file: 'ca.pem' };
    for (const server of portServers()) {
      const { url } = await host.serve(server);
      endpoints[server.system] = url;
      setups.push(server.setup?.(world.state, { url, authority }) ?? {});
    }
    await docker.start();
    const control = await serveControl(world, host);
    const ca = tls?.authority ?? null;
    const config = await writeConfigFolder(world.state, { folder, setups, ca });
    const line: PracticeLine = {
      schema: 1,
      config,
      endpoints: { ...endpoints, control: control.url },
      pid: process.pid,
    };
    return {
      line,
      world,
      host,
      stop: async () => {
        await control.close();
        await stop();
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Serves until SIGTERM, SIGINT, SIGHUP, or the end of standard input where that was asked for. */
export async function runPractice(options: PracticeOptions): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.once(signal, () => resolve());
    if (options.untilStdinCloses)
      process.stdin
        .on('close', resolve)
        .on('error', () => resolve())
        .resume();
  });
  const practice = await startPractice(options);
  process.stdout.on('error', () => {});
  process.stdout.write(`${JSON.stringify(practice.line)}\n`);
  await ended;
  await practice.stop();
}

/** Mode 0700; elsewhere than the system's own place where that is too long for a unix socket. */
async function temporaryFolder(): Promise<string> {
  const longest = SOCKET_PATH_LIMIT - SOCKET_NAME_LENGTH - 'oncall-XXXXXX'.length - 1;
  const base = tmpdir().length <= longest ? tmpdir() : '/tmp';
  return mkdtemp(join(base, 'oncall-'));
}
