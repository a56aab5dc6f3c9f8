import { resolve } from 'node:path';
import { api } from '@pagerduty/pdjs';
import * as z from 'zod/mini';
import { Failure } from '../../model/failure.ts';
import { decode } from '../http/decode.ts';
import { lenientJson, parseAnswer } from '../http/json.ts';
import { settingsOf } from '../http/settings.ts';
import { Token } from '../http/token.ts';
import type { AdapterDeps, Transport } from '../http/transport.ts';
import { pagerFailure, SYSTEM } from './failure.ts';

/** The most that PagerDuty puts on a page. */
export const PAGE = 100;
/** `offset + limit` beyond this is refused with 400: https://developer.pagerduty.com/docs/pagination */
export const MOST = 10_000;

export type Parameters = Readonly<Record<string, string | readonly string[]>>;

export interface Write {
  readonly method: 'PUT' | 'POST';
  readonly path: string;
  readonly data: object;
  /** E-mail address of the user in whose name it is done. */
  readonly from: string;
}

interface Call {
  readonly method: string;
  readonly path: string;
  readonly data: object;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal: AbortSignal | undefined;
}

/** What pdjs hands to its `fetch`: see `../http/cross-fetch.ts`. */
interface SentOptions {
  readonly method: string;
  readonly headers: { readonly entries: Readonly<Record<string, string>> };
  readonly body?: string;
}

/** Throws a Failure `not_configured` where the config does not tell where PagerDuty is. */
export function openClient({ loaded, transport }: AdapterDeps): PagerClient {
  const settings = settingsOf({ loaded }, SYSTEM);
  return new PagerClient({
    transport,
    token: Token.of(SYSTEM, transport, settings.token, loaded.folder),
    url: settings.url,
    caFile: settings.ca_file === undefined ? undefined : resolve(loaded.folder, settings.ca_file),
  });
}

/** PagerDuty's REST API v2 through its own client, which sends through our transport. Throws only `Failure`. */
export class PagerClient {
  readonly #transport: Transport;
  readonly #token: Token;
  readonly #base: string;
  readonly #caFile: string | undefined;

  constructor(options: { transport: Transport; token: Token; url: string; caFile: string | undefined }) {
    this.#transport = options.transport;
    this.#token = options.token;
    this.#base = options.url.replace(/\/+$/, '');
    this.#caFile = options.caFile;
  }

  get(path: string, parameters: Parameters, signal?: AbortSignal): Promise<unknown> {
    return this.#token.forRead((token) =>
      this.#call(token, { method: 'GET', path, data: parameters, signal }),
    );
  }

  /** Sends exactly once. */
  async write(write: Write, signal?: AbortSignal): Promise<unknown> {
    const { from, ...call } = write;
    return this.#token.forWrite((token) => this.#call(token, { ...call, headers: { From: from }, signal }));
  }

  /** All pages of a list under `key`, in the order received, each id once: pages shift while they are read. */
  async list<S extends z.core.$ZodType<{ readonly id: string }>>(
    path: string,
    key: string,
    item: S,
    parameters: Parameters,
    signal?: AbortSignal,
  ): Promise<z.output<S>[]> {
    return (await this.newest(path, key, item, parameters, MOST, signal)).items;
  }

  /** As `list`, ending with the page on which `most` is reached; `more`: there are others, which were not read. */
  async newest<S extends z.core.$ZodType<{ readonly id: string }>>(
    path: string,
    key: string,
    item: S,
    parameters: Parameters,
    most: number,
    signal?: AbortSignal,
  ): Promise<{ readonly items: z.output<S>[]; readonly more: boolean }> {
    const byId = new Map<string, z.output<S>>();
    const page = z.object({ [key]: z.array(item), more: z.nullish(z.boolean()) });
    let more = true;
    for (let offset = 0; more && offset + PAGE <= most; offset += PAGE) {
      const asked = { ...parameters, limit: String(PAGE), offset: String(offset) };
      const answer = decode(SYSTEM, key, page, await this.get(path, asked, signal));
      const items = z.array(z.custom<z.output<S>>()).parse(answer[key]);
      for (const one of items) if (!byId.has(one.id)) byId.set(one.id, one);
      more = answer.more === true && items.length > 0;
    }
    return { items: [...byId.values()], more };
  }

  async #call(token: string, call: Call): Promise<unknown> {
    let sent = false;
    const request = {
      url: `${this.#base}${call.path}`,
      method: call.method,
      token,
      // OAuth's access tokens start so; keys are sent as `Token token=`: https://developer.pagerduty.com/docs/authentication
      tokenType: /^pd[a-z]{2}\+/.test(token) ? 'bearer' : 'token',
      data: call.data,
      headers: { ...call.headers },
      // Its own time-out aborts nothing and keeps the process alive; the transport has a deadline.
      requestTimeout: 0,
      send: (url: string, options: SentOptions) => {
        sent = true;
        return this.#send(url, options, call.signal);
      },
    };
    const response = await api(request);
    // Without the alias of cross-fetch every safety of the transport would be missing without a word.
    if (!sent) throw new Failure(SYSTEM, 'unknown', 'This build of oncall is broken: pdjs went its own way.');
    const data: unknown = response.data;
    return data;
  }

  /** Only answers below 300 go back to pdjs, which takes every other one for a success or repeats it (429). */
  async #send(url: string, options: SentOptions, signal: AbortSignal | undefined): Promise<object> {
    const answer = await this.#transport.request({
      system: SYSTEM,
      method: options.method,
      url,
      headers: options.headers.entries,
      ...(options.body === undefined ? {} : { body: options.body }),
      ...(signal === undefined ? {} : { signal }),
      ...(this.#caFile === undefined ? {} : { caFile: this.#caFile }),
    });
    const text = answer.body.toString('utf8');
    if (answer.status >= 400) {
      throw pagerFailure(answer.status, lenientJson(text), (said) => this.#transport.redact(said));
    }
    const data = text === '' ? {} : parseAnswer(this.#transport, SYSTEM, url, text);
    return { status: answer.status, ok: true, json: async () => data };
  }
}
