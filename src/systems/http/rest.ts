import { resolve } from 'node:path';
import type * as z from 'zod';
import type { Secret } from '../../config/systems/parts.ts';
import { Failure } from '../../model/failure.ts';
import { decode } from './decode.ts';
import { parseAnswer } from './json.ts';
import { Token } from './token.ts';
import type { AdapterDeps, Transport, TransportRequest, TransportResponse } from './transport.ts';

export interface RestOptions {
  readonly system: string;
  readonly settings: { readonly url: string; readonly token: Secret; readonly ca_file?: string | undefined };
  /** Log in by name: as this user with the token for a password (Basic). Missing: the token alone (Bearer). */
  readonly username?: string;
  /** What an answer of 400 and above means; `what` was asked for. */
  failure(answer: TransportResponse, redact: (text: string) => string, what: string): Failure;
}

/** Beside the URL, what a request may need to be told. */
export type RestRequest = Partial<Pick<TransportRequest, 'headers' | 'body' | 'maxBytes' | 'retries'>> & {
  readonly signal?: AbortSignal | undefined;
};

/** A vendor's REST API: JSON over the transport with the system's token. Throws only `Failure`. */
export class Rest {
  /** Of the settings, without a slash at the end. */
  readonly base: string;
  readonly #options: RestOptions;
  readonly #transport: Transport;
  readonly #token: Token;
  readonly #caFile: string | undefined;

  constructor({ loaded, transport }: AdapterDeps, options: RestOptions) {
    const { url, token, ca_file: caFile } = options.settings;
    this.base = url.replace(/\/+$/, '');
    this.#options = options;
    this.#transport = transport;
    this.#token = Token.of(options.system, transport, token, loaded.folder);
    this.#caFile = caFile === undefined ? undefined : resolve(loaded.folder, caFile);
  }

  /** Reads JSON. @param what it is, for a sentence: `a ticket` */
  get<S extends z.ZodType>(what: string, schema: S, url: string, signal?: AbortSignal): Promise<z.output<S>> {
    return this.read(what, url, { signal }, (answer) => this.json(what, schema, url, answer));
  }

  /** Reads whatever it is; `take` may still find the answer wrong. */
  read<T>(
    what: string,
    url: string,
    request: RestRequest,
    take: (answer: TransportResponse) => T,
  ): Promise<T> {
    return this.#token.forRead(async (token) => take(await this.#ask('GET', what, url, token, request)));
  }

  /** What the system says to a GET, be it a refusal; only a login that is not accepted is a failure. */
  knock(url: string, signal?: AbortSignal): Promise<TransportResponse> {
    return this.#token.forRead(async (token) => {
      const answer = await this.#request('GET', url, token, { signal, retries: 0 });
      if (answer.status === 401) throw this.#failure(answer, 'a question');
      return answer;
    });
  }

  /** Sends exactly once. @param what is done, for a sentence */
  send(method: 'POST' | 'PUT', what: string, url: string, request: RestRequest): Promise<TransportResponse> {
    return this.#token.forWrite((token) => this.#ask(method, what, url, token, request));
  }

  /** An answer's JSON in the shape that is documented. */
  json<S extends z.ZodType>(what: string, schema: S, url: string, answer: TransportResponse): z.output<S> {
    const { system } = this.#options;
    return decode(
      system,
      what,
      schema,
      parseAnswer(this.#transport, system, url, answer.body.toString('utf8')),
    );
  }

  /** A link to more, if it leads to where the base is: the token goes nowhere else, whatever the link says. */
  followable(link: string): string {
    const { origin, host } = new URL(this.base);
    if (URL.parse(link)?.origin === origin) return link;
    const to = URL.parse(link)?.host ?? 'nowhere';
    const sentence = `${host} sends to ${to} for more, where the token must not go.`;
    throw new Failure(this.#options.system, 'unreadable', sentence);
  }

  async #ask(
    method: string,
    what: string,
    url: string,
    token: string,
    request: RestRequest,
  ): Promise<TransportResponse> {
    const answer = await this.#request(method, url, token, request);
    if (answer.status >= 400) throw this.#failure(answer, what);
    return answer;
  }

  #failure(answer: TransportResponse, what: string): Failure {
    return this.#options.failure(answer, (text) => this.#transport.redact(text), what);
  }

  #request(
    method: string,
    url: string,
    token: string,
    { signal, headers, ...more }: RestRequest,
  ): Promise<TransportResponse> {
    return this.#transport.request({
      ...more,
      system: this.#options.system,
      method,
      url,
      headers: {
        accept: 'application/json',
        ...(more.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
        authorization: this.#login(token),
      },
      ...(signal === undefined ? {} : { signal }),
      ...(this.#caFile === undefined ? {} : { caFile: this.#caFile }),
    });
  }

  #login(token: string): string {
    const { username } = this.#options;
    if (username === undefined) return `Bearer ${token}`;
    const pair = `${username}:${token}`;
    this.#transport.addSecret(pair);
    return `Basic ${Buffer.from(pair).toString('base64')}`;
  }
}
