import type { Token } from '../http/token.ts';
import type { Transport, TransportResponse } from '../http/transport.ts';
import { Access } from './access.ts';
import { parseChallenge } from './challenge.ts';
import { registryFailure, SYSTEM } from './failure.ts';
import { type Arrived, follow } from './redirects.ts';

const DEADLINE_MS = 10_000;

export interface Read {
  readonly method: 'GET' | 'HEAD';
  /** Below the base URL, encoded: `/v2/team/name/tags/list?n=10`. */
  readonly path: string;
  readonly repository: string;
  /** For errors: `the tags of team/name`. */
  readonly what: string;
  readonly accept?: readonly string[];
  readonly maxBytes?: number;
  /** Statuses that are answers and no errors, beside those below 300. */
  readonly expected?: readonly number[];
}

export interface ClientOptions {
  readonly transport: Transport;
  /** null: it is asked as anybody. */
  readonly token: Token | null;
  readonly username: string | undefined;
  readonly url: string;
  readonly caFile: string | undefined;
}

/**
 * Docker Registry HTTP API v2 (https://distribution.github.io/distribution/spec/api/), reading only. Throws only
 * `Failure`.
 */
export class RegistryClient {
  readonly host: string;
  readonly #transport: Transport;
  readonly #token: Token | null;
  readonly #base: string;
  readonly #access: Access;
  readonly #trust: { readonly caFile?: string };

  constructor({ transport, token, username, url, caFile }: ClientOptions) {
    this.#transport = transport;
    this.#token = token;
    this.#base = url.replace(/\/+$/, '');
    this.host = new URL(url).host;
    this.#trust = caFile === undefined ? {} : { caFile };
    this.#access = new Access({
      username,
      send: (request) =>
        transport.request({
          ...request,
          ...this.#trust,
          system: SYSTEM,
          method: 'GET',
          deadlineMs: DEADLINE_MS,
        }),
      addSecret: (secret) => transport.addSecret(secret),
      redact: (text) => transport.redact(text),
    });
  }

  /** The answer of the registry, or of the storage that it redirects to. */
  async read(read: Read, signal?: AbortSignal): Promise<Arrived> {
    const once = (secret: string | null) => this.#read(read, secret, signal);
    return this.#token === null ? once(null) : this.#token.forRead(once);
  }

  async #read(read: Read, secret: string | null, signal: AbortSignal | undefined): Promise<Arrived> {
    const first = await this.#access.header(read.repository, secret);
    let arrived = await this.#send(read, first, signal);
    if (arrived.answer.status === 401 && !arrived.elsewhere) {
      const challenge = parseChallenge(arrived.answer.headers['www-authenticate'] ?? '');
      const second =
        challenge === null ? null : await this.#access.answerTo(challenge, read.repository, secret, first);
      if (second !== null) arrived = await this.#send(read, second, signal);
    }
    const { answer } = arrived;
    if (answer.status < 300 || read.expected?.includes(answer.status)) return arrived;
    throw this.failure(read.what, answer);
  }

  failure(what: string, answer: TransportResponse): Error {
    return registryFailure(what, answer, (text) => this.#transport.redact(text));
  }

  #send(
    { method, path, accept, maxBytes }: Read,
    authorization: string | null,
    signal: AbortSignal | undefined,
  ): Promise<Arrived> {
    return follow(this.#transport, {
      system: SYSTEM,
      method,
      url: `${this.#base}${path}`,
      headers: {
        ...(accept === undefined ? {} : { accept: accept.join(', ') }),
        ...(authorization === null ? {} : { authorization }),
      },
      deadlineMs: DEADLINE_MS,
      ...(maxBytes === undefined ? {} : { maxBytes }),
      ...(signal === undefined ? {} : { signal }),
      ...this.#trust,
    });
  }
}
