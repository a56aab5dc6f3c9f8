import { Agent } from 'node:http';
import Docker from 'dockerode';
import { Failure } from '../../model/failure.ts';
import type { Container } from '../../model/fleet.ts';
import { inParallel } from '../parallel.ts';
import { containerOf, isId, parseAbout, parseContainer, parseImage } from './decode.ts';
import { SocketModem } from './socket-modem.ts';
import type { EngineAbout } from './way.ts';

/** For one reading of all containers of an instance. */
export const READ_DEADLINE_MS = 10_000;
const AT_ONCE = 4;
const MAX_IMAGES = 500;

/** A Docker Engine behind a unix socket; connections are kept between readings. */
export class Engine {
  readonly #socketPath: string;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  /** Digests of an image id never change. */
  readonly #digests = new Map<string, readonly string[] | null>();

  constructor(socketPath: string) {
    this.#socketPath = socketPath;
  }

  /** Throws a Failure when the engine does not answer. */
  async ping(signal: AbortSignal): Promise<void> {
    await this.#docker(signal).ping();
  }

  /** All containers, whatever their state; the list alone lacks restarts, exit code and OOM, so each is inspected. */
  async containers(signal: AbortSignal): Promise<readonly Container[]> {
    const docker = this.#docker(signal);
    const listed: unknown = await docker.listContainers({ all: true });
    if (!Array.isArray(listed))
      throw new Failure('docker', 'unreadable', 'The answer is not what Docker sends.');
    const ids = listed.flatMap((one: unknown) =>
      typeof one === 'object' && one !== null && 'Id' in one && isId(one.Id) ? [one.Id] : [],
    );
    const read = await inParallel(ids, AT_ONCE, (id) => orGone(this.#container(docker, id)));
    return read.filter((container) => container !== null);
  }

  async about(signal: AbortSignal): Promise<EngineAbout> {
    return parseAbout(await this.#docker(signal).info());
  }

  close(): void {
    this.#agent.destroy();
  }

  #docker(signal: AbortSignal): Docker {
    const modem = new SocketModem(this.#socketPath, this.#agent, signal);
    const options = { protocol: 'http' as const, modem };
    return new Docker(options);
  }

  async #container(docker: Docker, id: string): Promise<Container> {
    const raw = parseContainer(await docker.getContainer(id).inspect());
    let digests = this.#digests.get(raw.Image);
    if (digests === undefined) {
      digests = await orGone(this.#repoDigests(docker, raw.Image));
      if (this.#digests.size >= MAX_IMAGES) this.#digests.clear();
      this.#digests.set(raw.Image, digests);
    }
    return containerOf(raw, digests);
  }

  async #repoDigests(docker: Docker, id: string): Promise<readonly string[] | null> {
    if (!isId(id)) return null;
    return parseImage(await docker.getImage(id).inspect()).RepoDigests ?? null;
  }
}

/** Containers and images come and go between the list and the look at each of them. */
async function orGone<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'not_found') return null;
    throw thrown;
  }
}
