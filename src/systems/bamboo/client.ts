import type * as z from 'zod';
import { Rest } from '../http/rest.ts';
import { settingsOf } from '../http/settings.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { bambooFailure, SYSTEM } from './failure.ts';

const A_PAGE = 50;
const MOST_PAGES = 20;
/** Bamboo refuses what looks like a form of another site. */
const JSON_BODY = { 'content-type': 'application/json' };

/** One page: what is on it, and how much there is in all; null: it does not tell. */
export interface BambooPage<T> {
  readonly items: readonly T[];
  readonly size: number | null;
}

/** Bamboo's REST API with a personal access token (6.10 and later). Throws only `Failure`. */
export class BambooClient {
  readonly #rest: Rest;

  constructor(deps: AdapterDeps) {
    const settings = settingsOf(deps, SYSTEM);
    this.#rest = new Rest(deps, { system: SYSTEM, settings, failure: bambooFailure });
  }

  /** Without a slash at the end. */
  get base(): string {
    return this.#rest.base;
  }

  /** `path` below `/rest/api/latest`. */
  get<S extends z.ZodType>(
    what: string,
    schema: S,
    path: string,
    signal?: AbortSignal,
  ): Promise<z.output<S>> {
    return this.#rest.get(what, schema, this.#url(path), signal);
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
  async post<S extends z.ZodType>(
    what: string,
    schema: S,
    path: string,
    signal?: AbortSignal,
  ): Promise<z.output<S>> {
    const url = this.#url(path);
    const answer = await this.#rest.send('POST', what, url, { headers: JSON_BODY, signal });
    return this.#rest.json(what, schema, url, answer);
  }

  #url(path: string): string {
    return `${this.base}/rest/api/latest/${path}`;
  }
}
