import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { Failure, toFailure } from '../../model/failure.ts';
import type { Instance } from '../../model/fleet.ts';
import type { Containers } from '../../model/ports/index.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { Engine, READ_DEADLINE_MS } from './engine.ts';
import { openMaster } from './ssh/master.ts';
import { runtimeFolder } from './ssh/runtime-folder.ts';
import type { SshTarget } from './ssh/target.ts';
import type { Way } from './way.ts';
import { Ways } from './ways.ts';

/** Containers of an instance, over a unix socket or over the user's own ssh, as the environment's config says. */
export function openContainers({ loaded, transport }: AdapterDeps): Containers {
  const ways = new Ways();
  let folder: Promise<string> | null = null;
  let masters = 0;

  const openSsh = async (target: SshTarget): Promise<Way> => {
    folder ??= runtimeFolder();
    masters += 1;
    return openMaster(target, join(await folder, String(masters)));
  };

  const wayTo = (environment: string, instance: Instance): Promise<Way> => {
    const settings = loaded.config.environments[environment]?.containers;
    if (settings?.socket !== undefined) {
      const path = socketPath(fill(settings.socket, instance));
      return ways.use(`unix ${path}`, async () => overSocket(path));
    }
    if (settings?.ssh !== undefined) {
      const { host, user, port, config, jump, docker_socket } = settings.ssh;
      const target: SshTarget = {
        host: fill(host, instance),
        user: user ?? null,
        port: port ?? null,
        config: config === undefined ? null : resolve(loaded.folder, config),
        jump: jump ?? null,
        dockerSocket: docker_socket,
      };
      return ways.use(`ssh ${environment} ${target.host}`, () => openSsh(target));
    }
    const key = `environments.${environment}.containers`;
    throw new Failure('docker', 'not_configured', `No way to containers in ${environment}: set ${key}.`);
  };

  return {
    async containers(environment, instance, signal) {
      try {
        const way = await givenUp(wayTo(environment, instance), signal);
        const deadline = AbortSignal.timeout(READ_DEADLINE_MS);
        const both = signal === undefined ? deadline : AbortSignal.any([signal, deadline]);
        const containers = await way.containers(both);
        transport.report('docker', null);
        return containers;
      } catch (thrown) {
        const failure = decodeThrown(thrown);
        if (failure.code !== 'aborted' && failure.code !== 'not_configured') {
          transport.report('docker', failure);
        }
        throw failure;
      }
    },

    async close() {
      await ways.close();
      if (folder !== null) await rm(await folder, { recursive: true, force: true });
    },
  };
}

function overSocket(path: string): Way {
  const engine = new Engine(path);
  return {
    containers: (signal) => engine.containers(signal),
    isOpen: () => true,
    close: async () => engine.close(),
  };
}

/** An instance's id and address come from AWS and end in a path or a host name. */
function fill(template: string, instance: Instance): string {
  return template.replace(/\{(instance|address)\}/g, (_, name: string) => {
    const value = name === 'instance' ? instance.id : instance.address;
    if (value !== null && /^[A-Za-z0-9][A-Za-z0-9.:_-]*$/.test(value) && !value.includes('..')) return value;
    const problem = value === null ? 'has no known address' : `has the ${name} ${JSON.stringify(value)}`;
    throw new Failure('docker', 'invalid', `${instance.id} ${problem}: its containers cannot be reached.`);
  });
}

function socketPath(url: string): string {
  const path = /^unix:\/\/(\/.+)$/.exec(url)?.[1];
  if (path !== undefined) return path;
  throw new Failure('docker', 'not_configured', `containers.socket is ${url}, not unix:///path/to/socket.`);
}

/** Opening goes on for others when one asker gives up. */
async function givenUp<T>(opening: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return opening;
  signal.throwIfAborted();
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([opening, aborted]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function decodeThrown(thrown: unknown): Failure {
  if (thrown instanceof DOMException && thrown.name === 'TimeoutError') {
    return new Failure('docker', 'timeout', 'Docker did not answer in time.');
  }
  if (thrown instanceof DOMException && thrown.name === 'AbortError') {
    return new Failure('docker', 'aborted', 'Reading the containers was given up.');
  }
  return toFailure('docker', thrown);
}
