import { resolve } from 'node:path';
import type * as z from 'zod';
import type { Config } from '../../config/schema.ts';
import { Failure } from '../../model/failure.ts';
import { decode } from '../http/decode.ts';
import { lenientJson, parseAnswer } from '../http/json.ts';
import { Token } from '../http/token.ts';
import type { AdapterDeps, Transport } from '../http/transport.ts';
import { leankitFailure, SYSTEM } from './failure.ts';
import { type BoardAnswer, boardAnswer, cardsAnswer, type LeankitCard } from './wire.ts';

export type Settings = NonNullable<Config['systems']['leankit']>;

/** The default of the API. */
const A_PAGE = 200;

/** A search or some lanes; and how many pages are read at most. */
export interface CardQuery {
  readonly by: { readonly lanes: string } | { readonly search: string };
  readonly pages: number;
}

export function settingsOf({ loaded }: AdapterDeps): Settings {
  const settings = loaded.config.systems.leankit;
  if (settings !== undefined) return settings;
  throw new Failure(SYSTEM, 'not_configured', `systems.leankit is missing in ${loaded.file}.`);
}

/** Leankit's API (Planview AgilePlace, v2) with a bearer token. Throws only `Failure`. */
export class LeankitClient {
  /** Of the account, without a slash at the end. */
  readonly base: string;
  readonly #board: string;
  readonly #transport: Transport;
  readonly #token: Token;
  readonly #caFile: string | undefined;

  constructor({ loaded, transport }: AdapterDeps, settings: Settings) {
    this.base = settings.url.replace(/\/+$/, '');
    this.#board = settings.board;
    this.#transport = transport;
    this.#token = Token.of(SYSTEM, transport, settings.token, loaded.folder);
    this.#caFile = settings.ca_file === undefined ? undefined : resolve(loaded.folder, settings.ca_file);
  }

  board(signal?: AbortSignal): Promise<BoardAnswer> {
    return this.get('a board', boardAnswer, `/board/${this.#board}`, signal);
  }

  /** Each card once: pages shift while cards are moved. */
  async cards({ by, pages }: CardQuery, signal?: AbortSignal): Promise<readonly LeankitCard[]> {
    const found = new Map<string, LeankitCard>();
    let offset = 0;
    for (let page = 0; page < pages; page += 1) {
      const query = new URLSearchParams({
        board: this.#board,
        ...by,
        limit: String(A_PAGE),
        offset: String(offset),
      });
      const { cards, pageMeta } = await this.get('cards', cardsAnswer, `/card?${query}`, signal);
      for (const card of cards) found.set(card.id, card);
      offset += cards.length;
      if (cards.length === 0 || offset >= pageMeta.totalRecords) break;
    }
    return [...found.values()];
  }

  /** Sends exactly once: https://success.planview.com/Planview_AgilePlace/AgilePlace_API/01_v2/comment/create */
  async comment(card: string, html: string, signal?: AbortSignal): Promise<void> {
    const path = `/card/${encodeURIComponent(card)}/comment`;
    const body = JSON.stringify({ text: html });
    await this.#token.forWrite((token) => this.#ask('POST', path, token, body, signal));
  }

  get<S extends z.ZodType>(
    what: string,
    schema: S,
    path: string,
    signal?: AbortSignal,
  ): Promise<z.output<S>> {
    return this.#token.forRead(async (token) =>
      decode(SYSTEM, what, schema, await this.#ask('GET', path, token, undefined, signal)),
    );
  }

  async #ask(
    method: 'GET' | 'POST',
    path: string,
    token: string,
    body: string | undefined,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    const url = `${this.base}/io${path}`;
    const answer = await this.#transport.request({
      system: SYSTEM,
      method,
      url,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body }),
      ...(signal === undefined ? {} : { signal }),
      ...(this.#caFile === undefined ? {} : { caFile: this.#caFile }),
    });
    const text = answer.body.toString('utf8');
    if (answer.status < 400) return parseAnswer(this.#transport, SYSTEM, url, text);
    throw leankitFailure(answer.status, lenientJson(text), (told) => this.#transport.redact(told));
  }
}
