import { join } from 'node:path';
import type { Host } from './host.ts';
import type { PracticeServer, RunningServer } from './servers/server.ts';
import type { World } from './world/world.ts';

const LOOK_EVERY_MS = 250;

/** Keeps one Docker socket for each instance that can be reached: updates bring new ones and take old ones away. */
export class DockerSockets {
  readonly #host: Host;
  readonly #world: World;
  readonly #server: PracticeServer;
  readonly #folder: string;
  readonly #open = new Map<string, RunningServer>();
  #syncing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  constructor(host: Host, world: World, server: PracticeServer, folder: string) {
    this.#host = host;
    this.#world = world;
    this.#server = server;
    this.#folder = folder;
  }

  async start(): Promise<void> {
    this.#host.beforeAnswer = () => this.sync();
    this.#timer = setInterval(() => this.sync(), LOOK_EVERY_MS).unref();
    await this.sync();
  }

  /** Never fails: a socket that could not be opened is tried again at the next look. */
  sync(): Promise<void> {
    this.#syncing = this.#syncing
      .then(() => this.#change())
      .catch((error: unknown) => {
        process.stderr.write(`practice docker: ${error instanceof Error ? error.message : String(error)}\n`);
      });
    return this.#syncing;
  }

  stop(): void {
    if (this.#timer !== null) clearInterval(this.#timer);
    this.#host.beforeAnswer = async () => {};
  }

  async #change(): Promise<void> {
    const reached = this.#world.state.instances.filter(({ cutOff }) => cutOff === null);
    const wanted = new Set(reached.map(({ id }) => id));
    for (const id of wanted) {
      if (this.#open.has(id)) continue;
      this.#open.set(id, await this.#host.serveSocket(this.#server, id, join(this.#folder, `${id}.sock`)));
    }
    for (const [id, running] of this.#open) {
      if (wanted.has(id)) continue;
      this.#open.delete(id);
      await running.close();
    }
  }
}
