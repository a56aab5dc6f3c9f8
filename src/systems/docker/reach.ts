import { rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { LoadedConfig } from '../../config/types.ts';
import { Failure } from '../../model/failure.ts';
import type { Instance } from '../../model/fleet.ts';
import { Engine } from './engine.ts';
import { openMaster } from './ssh/master.ts';
import { runtimeFolder } from './ssh/runtime-folder.ts';
import type { SshTarget } from './ssh/target.ts';
import type { Way } from './way.ts';
import { Ways } from './ways.ts';

/** What of an instance a way may be named after. */
export type Named = Pick<Instance, 'id' | 'address'>;

/** Where the config says that an instance's Docker Engine is. */
export type Destination =
  | { readonly kind: 'socket'; readonly path: string }
  | { readonly kind: 'ssh'; readonly target: SshTarget };

/** Throws a Failure `not_configured` or `invalid`. */
export function destinationOf(loaded: LoadedConfig, environment: string, instance: Named): Destination {
  const settings = loaded.config.environments[environment]?.containers;
  if (settings?.socket !== undefined) {
    return { kind: 'socket', path: socketPath(fill(settings.socket, instance)) };
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
    return { kind: 'ssh', target };
  }
  const key = `environments.${environment}.containers`;
  throw new Failure('docker', 'not_configured', `No way to containers in ${environment}: set ${key}.`);
}

/** Ways to the Docker Engines of instances, as each environment's config says: opened once, shared, closed together. */
export class Reach {
  readonly #loaded: LoadedConfig;
  readonly #ways = new Ways();
  #folder: Promise<string> | null = null;
  #masters = 0;

  constructor(loaded: LoadedConfig) {
    this.#loaded = loaded;
  }

  async to(environment: string, instance: Named): Promise<Way> {
    const destination = destinationOf(this.#loaded, environment, instance);
    if (destination.kind === 'socket') {
      const { path } = destination;
      return this.#ways.use(`unix ${path}`, async () => overSocket(path));
    }
    const { target } = destination;
    return this.#ways.use(`ssh ${environment} ${target.host}`, () => this.#openSsh(target));
  }

  async close(): Promise<void> {
    await this.#ways.close();
    if (this.#folder !== null) await rm(await this.#folder, { recursive: true, force: true });
  }

  async #openSsh(target: SshTarget): Promise<Way> {
    this.#folder ??= runtimeFolder();
    this.#masters += 1;
    return openMaster(target, join(await this.#folder, String(this.#masters)));
  }
}

function overSocket(path: string): Way {
  const engine = new Engine(path);
  return {
    kind: 'socket',
    about: (signal) => engine.about(signal),
    containers: (signal) => engine.containers(signal),
    isOpen: () => true,
    close: async () => engine.close(),
  };
}

/** An instance's id and address come from AWS and end in a path or a host name. */
function fill(template: string, instance: Named): string {
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
