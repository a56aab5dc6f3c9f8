import * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import { Rest } from '../http/rest.ts';
import { settingsOf } from '../http/settings.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { SYSTEM, zendeskFailure } from './failure.ts';
import { searchAnswer, type Ticket, ticketAnswer } from './wire.ts';

const A_PAGE = 100;
/** A search gives 1,000 results at most; asking for more is answered with 422. */
const MOST_PAGES = 10;

/**
 * Zendesk's Ticketing API with an API token: Basic authentication as `e-mail/token`,
 * https://developer.zendesk.com/api-reference/introduction/security-and-auth/. Throws only `Failure`.
 */
export class ZendeskClient {
  readonly #rest: Rest;

  constructor(deps: AdapterDeps) {
    const settings = settingsOf(deps, SYSTEM);
    const username = `${settings.username}/token`;
    this.#rest = new Rest(deps, { system: SYSTEM, settings, username, failure: zendeskFailure });
  }

  /** Without a slash at the end. */
  get base(): string {
    return this.#rest.base;
  }

  /** Newest first, 1,000 at most. Pages may overlap where something was written meanwhile. */
  async search(query: string, signal?: AbortSignal): Promise<readonly Ticket[]> {
    const asked = new URLSearchParams({
      query,
      sort_by: 'created_at',
      sort_order: 'desc',
      per_page: String(A_PAGE),
    });
    const found: Ticket[] = [];
    let url = `${this.base}/api/v2/search.json?${asked}`;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { results, next_page: next } = await this.get('a search', searchAnswer, url, signal);
      found.push(...results);
      if (next === null || next === undefined || next === '') break;
      url = this.#rest.followable(next);
    }
    return found;
  }

  async ticket(id: string, signal?: AbortSignal): Promise<Ticket> {
    return (await this.get('a ticket', ticketAnswer, this.#ticketUrl(id), signal)).ticket;
  }

  /** Sends exactly once; null: it was done, and the answer does not show the ticket. */
  async update(id: string, fields: object, signal?: AbortSignal): Promise<Ticket | null> {
    const body = JSON.stringify({ ticket: fields });
    const url = this.#ticketUrl(id);
    const answer = await this.#rest.send('PUT', 'a change', url, { body, signal });
    const told = this.#rest.json('a ticket', z.unknown(), url, answer);
    return ticketAnswer.safeParse(told).data?.ticket ?? null;
  }

  get<S extends z.ZodType>(what: string, schema: S, url: string, signal?: AbortSignal): Promise<z.output<S>> {
    return this.#rest.get(what, schema, url, signal);
  }

  #ticketUrl(id: string): string {
    if (!/^\d+$/.test(id))
      throw new Failure(SYSTEM, 'not_found', `Zendesk's tickets have numbers: not ${id}.`);
    return `${this.base}/api/v2/tickets/${id}.json`;
  }
}
