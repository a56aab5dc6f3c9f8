import { chmod } from 'node:fs/promises';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo, ListenOptions, Socket } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { answerInstead, send } from './answer.ts';
import { type Fault, Faults } from './faults.ts';
import { RequestLog } from './request-log.ts';
import type {
  Operation,
  PracticeAnswer,
  PracticeRequest,
  PracticeServer,
  RunningServer,
} from './servers/server.ts';
import type { World } from './world/world.ts';

const MAX_BODY_BYTES = 16 * 1024 * 1024;
const KEEP_ALIVE_MS = 65_000;

/** Key and certificate for the servers, as PEM. */
export interface HostTls {
  readonly key: string;
  readonly cert: string;
}

/** Puts wire protocols on loopback ports and unix sockets; every request passes one log and one set of faults. */
export class Host {
  readonly log = new RequestLog();
  readonly faults = new Faults();
  /** Awaited before each answer, so that what an answer names is there when it arrives. */
  beforeAnswer: () => Promise<void> = async () => {};
  readonly #world: World;
  readonly #tls: HostTls | null;
  readonly #running = new Set<RunningServer>();

  constructor(world: World, tls: HostTls | null = null) {
    this.#world = world;
    this.#tls = tls;
  }

  async serve(system: PracticeServer): Promise<RunningServer> {
    const listener = this.#listener(system, null);
    const server = this.#tls === null ? createServer(listener) : createTlsServer(this.#tls, listener);
    await this.#listen(server, { host: '127.0.0.1', port: 0 });
    const { port } = server.address() as AddressInfo;
    return this.#keep(server, `${this.#tls === null ? 'http' : 'https'}://127.0.0.1:${port}`);
  }

  /** One instance's own server, on a unix socket: where an SSH forward would end. */
  async serveSocket(system: PracticeServer, instance: string, path: string): Promise<RunningServer> {
    const server = createServer(this.#listener(system, instance));
    await this.#listen(server, { path });
    await chmod(path, 0o600);
    return this.#keep(server, `unix://${path}`);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#running].map((running) => running.close()));
  }

  #listen(server: Server, where: ListenOptions): Promise<void> {
    server.keepAliveTimeout = KEEP_ALIVE_MS;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(where, () => {
        server.off('error', reject);
        resolve();
      });
    });
  }

  #keep(server: Server, url: string): RunningServer {
    const running: RunningServer = {
      url,
      server,
      close: () =>
        new Promise((resolve) => {
          this.#running.delete(running);
          server.close(() => resolve());
          server.closeAllConnections();
        }),
    };
    // Clients break off as they like; once a connection, which carries many requests.
    for (const event of ['connection', 'secureConnection']) {
      server.on(event, (socket: Socket) => socket.on('error', () => {}));
    }
    this.#running.add(running);
    return running;
  }

  #listener(system: PracticeServer, instance: string | null): RequestListener {
    return (incoming, response) => {
      this.#handle(system, instance, incoming, response).catch((error: unknown) => {
        process.stderr.write(
          `practice ${system.system}: ${error instanceof Error ? error.stack : String(error)}\n`,
        );
        if (response.headersSent) response.destroy();
        else response.writeHead(500).end();
      });
    };
  }

  async #handle(
    system: PracticeServer,
    instance: string | null,
    incoming: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> {
    const body = await readBody(incoming);
    if (body === null) {
      response.writeHead(413, { Connection: 'close' }).end();
      return;
    }
    const method = incoming.method ?? 'GET';
    const target = incoming.url ?? '/';
    const [path = '/', query = ''] = target.split(/\?(.*)/s, 2);
    const request: PracticeRequest = {
      method,
      path,
      query: new URLSearchParams(query),
      headers: incoming.headers,
      body,
      origin: `${this.#tls === null || instance !== null ? 'http' : 'https'}://${incoming.headers.host ?? ''}`,
      instance,
    };
    // Timers are late on a busy machine: what is due by now has happened before anybody asks.
    this.#world.advance(0);
    const operation: Operation = system.identify(request);
    const entry = this.log.add(system.system, request, operation, this.#world.now());
    const fault = this.faults.take(system.system, operation.name);
    if (await this.#struckBefore(fault, incoming.socket)) return;

    const answer: PracticeAnswer =
      answerInstead(request, system.system, fault) ?? (await system.handle(request, this.#world));
    await this.beforeAnswer();
    if (fault?.fault === 'reset_after') {
      reset(incoming.socket);
      return;
    }
    entry.status = answer.status;
    response.setHeader('Date', new Date(this.#world.now()).toUTCString());
    await send(response, answer, fault);
  }

  /** True when the request ends here, unhandled. */
  async #struckBefore(fault: Fault | null, socket: Socket): Promise<boolean> {
    if (fault?.fault === 'reset_before') {
      reset(socket);
      return true;
    }
    if (fault?.fault === 'delay') await pause(fault.ms ?? 1000, undefined, { ref: false });
    if (fault?.fault !== 'hang') return false;
    if (fault.ms !== undefined) {
      await pause(fault.ms, undefined, { ref: false });
      reset(socket);
    }
    return true;
  }
}

/** Ends the connection as a crash would; a TLS or unix socket knows no RST and is cut instead. */
function reset(socket: Socket): void {
  try {
    socket.resetAndDestroy();
  } catch {
    socket.destroy();
  }
}

/** null: larger than any API takes. */
async function readBody(incoming: IncomingMessage): Promise<Buffer | null> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of incoming) {
    size += piece.length;
    if (size > MAX_BODY_BYTES) return null;
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}
