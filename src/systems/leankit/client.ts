import * as z from 'zod';
import { Rest } from '../http/rest.ts';
import { settingsOf } from '../http/settings.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { leankitFailure, SYSTEM } from './failure.ts';
import { type BoardAnswer, boardAnswer, cardsAnswer, type LeankitCard } from './wire.ts';

/** The default of the API. */
const A_PAGE = 200;

/** A search or some lanes; and how many pages are read at most. */
export interface CardQuery {
  readonly by: { readonly lanes: string } | { readonly search: string };
  readonly pages: number;
}

/** Leankit's API (Planview AgilePlace, v2) with a bearer token. Throws only `Failure`. */
export class LeankitClient {
  readonly #board: string;
  readonly #rest: Rest;

  constructor(deps: AdapterDeps) {
    const settings = settingsOf(deps, SYSTEM);
    this.#board = settings.board;
    this.#rest = new Rest(deps, { system: SYSTEM, settings, failure: leankitFailure });
  }

  /** Of the account, without a slash at the end. */
  get base(): string {
    return this.#rest.base;
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
    const url = this.#url(`/card/${encodeURIComponent(card)}/comment`);
    const body = JSON.stringify({ text: html });
    const answer = await this.#rest.send('POST', 'a comment', url, { body, signal });
    this.#rest.json('a comment', z.unknown(), url, answer);
  }

  get<S extends z.ZodType>(
    what: string,
    schema: S,
    path: string,
    signal?: AbortSignal,
  ): Promise<z.output<S>> {
    return this.#rest.get(what, schema, this.#url(path), signal);
  }

  #url(path: string): string {
    return `${this.base}/io${path}`;
  }
}
