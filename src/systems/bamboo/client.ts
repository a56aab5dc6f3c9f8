import { resolve } from 'node:path';
import type * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import { decode } from '../http/decode.ts';
import { lenientJson, parseAnswer } from '../http/json.ts';
import { Token } from '../http/token.ts';
import type { AdapterDeps, Transport } from '../http/transport.ts';
import { bambooFailure, SYSTEM } from './failure.ts';

const A_PAGE = 50;
const MOST_PAGES = 20;

/** One page: what is on it, and how much there is in all; null: it does not tell. */
export interface BambooPage<T> {
  readonly items: readonly T[];
  readonly size: number | null;
}

/** Bamboo's REST API with a personal access token (6.10 and later). Throws only `Failure`. */
export class BambooClient {
  /** Without a slash at the end. */
  readonly base: string;
  readonly #transport: Transport;
  readonly #token: Token;
  readonly #caFile: string | undefined;

  constructor({ loaded, transport }: AdapterDeps) {
    const settings = loaded.config.systems.bamboo;
    if (settings === undefined) {
      throw new Failure(SYSTEM, 'not_configured', `systems.bamboo is missing in ${loaded.file}.`);
    }
    this.base = settings.url.replace(/\/+$/, '');
    this.#transport = transport;
    this.#token = Token.of(SYSTEM, transport, settings.token, loaded.folder);
    this.#caFile = settings.ca_file === undefined ? undefined : resolve(loaded.folder, settings.ca_file);
  }

  /** `path` below `/rest/api/latest`. */
  get<S extends z.ZodType>(
    what: string,
    schema: S,
    path: string,
    signal?: AbortSignal,
  ): Promise<z.output<S>> {
    return this.#token.forRead(async (token) =>
      decode(SYSTEM, what, schema, await this.#ask('GET', path, token, signal)),
    );
  }

  /**
   * Items of a list, page by page, until there are no more or `enough` says so. The server may give smaller pages than
   * it is asked for, or the same one again and again: what came already is left out, and a page of it alone is the end.
   */
  async list<T extends { readonly id: number }>(
    page: (query: string) => Promise<BambooPage<T>>,
    enough: (items: readonly T[]) => boolean,
    wanted = A_PAGE,
  ): Promise<readonly T[]> {
    const found = new Map<number, T>();
    let start = 0;
    for (let read = 0; read < MOST_PAGES; read += 1) {
      const query = new URLSearchParams({ 'start-index': String(start), 'max-result': String(wanted) });
      const { items, size } = await page(String(query));
      const before = found.size;
      for (const item of items) found.set(item.id, item);
      start += items.length;
      if (found.size === before || enough([...found.values()])) break;
      if (size !== null && start >= size && items.length < wanted) break;
    }
    return [...found.values()];
  }

  /** Sends exactly once. */
  post<S extends z.ZodType>(
    what: string,
    schema: S,
    path: string,
    signal?: AbortSignal,
  ): Promise<z.output<S>> {
    return this.#token.forWrite(async (token) =>
      decode(SYSTEM, what, schema, await this.#ask('POST', path, token, signal)),
    );
  }

  /** It speaks XML to whoever does not ask for JSON. */
  async #ask(
    method: 'GET' | 'POST',
    path: string,
    token: string,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    const url = `${this.base}/rest/api/latest/${path}`;
    const answer = await this.#transport.request({
      system: SYSTEM,
      method,
      url,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(method === 'POST' ? { 'content-type': 'application/json' } : {}),
      },
      ...(method === 'POST' ? { mutation: true } : {}),
      ...(signal === undefined ? {} : { signal }),
      ...(this.#caFile === undefined ? {} : { caFile: this.#caFile }),
    });
    const text = answer.body.toString('utf8');
    if (answer.status < 400) return parseAnswer(this.#transport, SYSTEM, url, text);
    throw bambooFailure(answer.status, lenientJson(text), (told) => this.#transport.redact(told));
  }
}
