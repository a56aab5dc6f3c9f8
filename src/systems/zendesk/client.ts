import { resolve } from 'node:path';
import type * as z from 'zod';
import type { zendesk } from '../../config/systems/zendesk.ts';
import { Failure } from '../../model/failure.ts';
import { decode } from '../http/decode.ts';
import { lenientJson, parseAnswer } from '../http/json.ts';
import { Token } from '../http/token.ts';
import type { AdapterDeps, Transport } from '../http/transport.ts';
import { SYSTEM, zendeskFailure } from './failure.ts';
import { searchAnswer, type Ticket, ticketAnswer } from './wire.ts';

const A_PAGE = 100;
/** A search gives 1,000 results at most; asking for more is answered with 422. */
const MOST_PAGES = 10;

export type Settings = z.output<typeof zendesk>;

export function settingsOf({ loaded }: AdapterDeps): Settings {
  const settings = loaded.config.systems.zendesk;
  if (settings !== undefined) return settings;
  throw new Failure(SYSTEM, 'not_configured', `systems.zendesk is missing in ${loaded.file}.`);
}

/**
 * Zendesk's Ticketing API with an API token: Basic authentication as `e-mail/token`,
 * https://developer.zendesk.com/api-reference/introduction/security-and-auth/. Throws only `Failure`.
 */
export class ZendeskClient {
  /** Without a slash at the end. */
  readonly base: string;
  readonly #transport: Transport;
  readonly #token: Token;
  readonly #username: string;
  readonly #caFile: string | undefined;

  constructor({ loaded, transport }: AdapterDeps, settings: Settings) {
    this.base = settings.url.replace(/\/+$/, '');
    this.#transport = transport;
    this.#token = Token.of(SYSTEM, transport, settings.token, loaded.folder);
    this.#username = settings.username;
    this.#caFile = settings.ca_file === undefined ? undefined : resolve(loaded.folder, settings.ca_file);
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
      url = this.#followable(next);
    }
    return found;
  }

  async ticket(id: string, signal?: AbortSignal): Promise<Ticket> {
    return (await this.get('a ticket', ticketAnswer, this.#ticketUrl(id), signal)).ticket;
  }

  /** Sends exactly once; null: it was done, and the answer does not show the ticket. */
  async update(id: string, fields: object, signal?: AbortSignal): Promise<Ticket | null> {
    const url = this.#ticketUrl(id);
    const body = JSON.stringify({ ticket: fields });
    const answer = await this.#token.forWrite((token) => this.#ask('PUT', url, token, body, signal));
    return ticketAnswer.safeParse(answer).data?.ticket ?? null;
  }

  get<S extends z.ZodType>(what: string, schema: S, url: string, signal?: AbortSignal): Promise<z.output<S>> {
    return this.#token.forRead(async (token) =>
      decode(SYSTEM, what, schema, await this.#ask('GET', url, token, undefined, signal)),
    );
  }

  #ticketUrl(id: string): string {
    if (!/^\d+$/.test(id))
      throw new Failure(SYSTEM, 'not_found', `Zendesk's tickets have numbers: not ${id}.`);
    return `${this.base}/api/v2/tickets/${id}.json`;
  }

  /** The token goes nowhere else, whatever the link says. */
  #followable(next: string): string {
    const { origin, host } = new URL(this.base);
    if (URL.parse(next)?.origin === origin) return next;
    const to = URL.parse(next)?.host ?? 'nowhere';
    throw new Failure(SYSTEM, 'unreadable', `${host} sends to ${to} for more, where the token must not go.`);
  }

  async #ask(
    method: 'GET' | 'PUT',
    url: string,
    token: string,
    body: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    const login = `${this.#username}/token:${token}`;
    this.#transport.addSecret(login);
    const answer = await this.#transport.request({
      system: SYSTEM,
      method,
      url,
      headers: {
        accept: 'application/json',
        authorization: `Basic ${Buffer.from(login).toString('base64')}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
      ...(this.#caFile === undefined ? {} : { caFile: this.#caFile }),
    });
    const text = answer.body.toString('utf8');
    if (answer.status < 400) return parseAnswer(this.#transport, SYSTEM, url, text);
    throw zendeskFailure(answer.status, lenientJson(text), (told) => this.#transport.redact(told));
  }
}
