import { resolve } from 'node:path';
import type * as z from 'zod';
import type { buildkite } from '../../config/systems/buildkite.ts';
import { Failure } from '../../model/failure.ts';
import { decode } from '../http/decode.ts';
import { lenientJson, parseAnswer } from '../http/json.ts';
import { Token } from '../http/token.ts';
import type { AdapterDeps, Transport, TransportRequest, TransportResponse } from '../http/transport.ts';
import { buildkiteFailure, SYSTEM } from './failure.ts';
import { type Build, buildsAnswer } from './wire.ts';

/** The most that one page holds: https://buildkite.com/docs/apis/rest-api#pagination */
const A_PAGE = 100;
/** A page of builds carries their jobs and pipelines. */
const MAX_BYTES = 32 * 1_048_576;

export type Settings = z.output<typeof buildkite>;
type Query = readonly (readonly [name: string, value: string])[];

export interface Listed<T> {
  readonly items: readonly T[];
  /** Whether there were no further pages. */
  readonly complete: boolean;
}

export function settingsOf({ loaded }: AdapterDeps): Settings {
  const settings = loaded.config.systems.buildkite;
  if (settings !== undefined) return settings;
  throw new Failure(SYSTEM, 'not_configured', `systems.buildkite is missing in ${loaded.file}.`);
}

/** Buildkite's REST API v2, of one organisation. Throws only `Failure`. */
export class BuildkiteClient {
  readonly #transport: Transport;
  readonly #token: Token;
  /** Without a slash at the end. */
  readonly #base: string;
  readonly #organization: string;
  readonly #caFile: string | undefined;

  constructor({ loaded, transport }: AdapterDeps, settings: Settings) {
    this.#transport = transport;
    this.#token = Token.of(SYSTEM, transport, settings.token, loaded.folder);
    this.#base = settings.url.replace(/\/+$/, '');
    this.#organization = `${this.#base}/organizations/${settings.organization}`;
    this.#caFile = settings.ca_file === undefined ? undefined : resolve(loaded.folder, settings.ca_file);
  }

  /** By the clock of Buildkite's latest answer. */
  now(): number {
    return this.#transport.now(SYSTEM);
  }

  /** @param path of the API, such as `/access-token` */
  about<S extends z.ZodType>(
    what: string,
    schema: S,
    path: string,
    signal?: AbortSignal,
  ): Promise<z.output<S>> {
    return this.#read(what, schema, `${this.#base}${path}`, signal);
  }

  /** @param path below the organisation, such as `/pipelines/charge-central` */
  get<S extends z.ZodType>(
    what: string,
    schema: S,
    path: string,
    signal?: AbortSignal,
  ): Promise<z.output<S>> {
    return this.#read(what, schema, `${this.#organization}${path}`, signal);
  }

  /** Builds, newest first. @param path `/builds` of all pipelines, or those of one */
  builds(path: string, query: Query, pages: number, signal?: AbortSignal): Promise<Listed<Build>> {
    return this.list('builds', buildsAnswer, path, query, pages, signal);
  }

  /** Follows `Link: <…>; rel="next"` for so many pages at most. */
  async list<T>(
    what: string,
    schema: z.ZodType<T[]>,
    path: string,
    query: Query,
    pages: number,
    signal?: AbortSignal,
  ): Promise<Listed<T>> {
    const items: T[] = [];
    const asked = new URLSearchParams([...query.map(([name, value]) => [name, value])]);
    asked.set('per_page', String(A_PAGE));
    let url: string | null = `${this.#organization}${path}?${asked}`;
    for (let page = 0; page < pages && url !== null; page += 1) {
      const here: string = url;
      const { answer, body } = await this.#token.forRead(async (token) =>
        this.#ask({ url: here, signal }, token),
      );
      items.push(...decode(SYSTEM, what, schema, body));
      url = this.#next(answer.headers.link);
    }
    return { items, complete: url === null };
  }

  /** Sends exactly once. */
  async send(method: 'POST' | 'PUT', path: string, body: object, signal?: AbortSignal): Promise<void> {
    const url = `${this.#organization}${path}`;
    const request = { url, method, body: JSON.stringify(body), mutation: true, signal };
    await this.#token.forWrite((token) => this.#ask(request, token));
  }

  /** The end of a job's log, as text with its escape sequences: …/jobs#get-a-job-s-log-output */
  async logTail(path: string, bytes: number, signal?: AbortSignal): Promise<string> {
    const answer = await this.#token.forRead((token) =>
      this.#request(
        {
          url: `${this.#organization}${path}`,
          signal,
          headers: { accept: 'text/plain', range: `bytes=-${bytes}` },
        },
        token,
      ),
    );
    return answer.body.toString('utf8');
  }

  #read<S extends z.ZodType>(
    what: string,
    schema: S,
    url: string,
    signal?: AbortSignal,
  ): Promise<z.output<S>> {
    return this.#token.forRead(async (token) =>
      decode(SYSTEM, what, schema, (await this.#ask({ url, signal }, token)).body),
    );
  }

  /** The token goes nowhere else, whatever the link says. */
  #next(header: string | undefined): string | null {
    const next = /<([^<>]+)>\s*;[^,]*\brel="?next"?/.exec(header ?? '')?.[1];
    if (next === undefined) return null;
    const { origin, host } = new URL(this.#base);
    if (URL.parse(next)?.origin === origin) return next;
    const to = URL.parse(next)?.host ?? 'nowhere';
    throw new Failure(SYSTEM, 'unreadable', `${host} sends to ${to} for more, where the token must not go.`);
  }

  async #ask(
    request: Asked,
    token: string,
  ): Promise<{ readonly answer: TransportResponse; readonly body: unknown }> {
    const answer = await this.#request(request, token);
    return { answer, body: parseAnswer(this.#transport, SYSTEM, request.url, answer.body.toString('utf8')) };
  }

  async #request(request: Asked, token: string): Promise<TransportResponse> {
    const { url, method = 'GET', body, mutation, signal, headers } = request;
    const answer = await this.#transport.request({
      system: SYSTEM,
      method,
      url,
      headers: {
        accept: 'application/json',
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...headers,
      },
      maxBytes: MAX_BYTES,
      ...(body === undefined ? {} : { body }),
      ...(mutation === undefined ? {} : { mutation }),
      ...(signal === undefined ? {} : { signal }),
      ...(this.#caFile === undefined ? {} : { caFile: this.#caFile }),
    });
    if (answer.status < 400) return answer;
    const told = lenientJson(answer.body.toString('utf8'));
    throw buildkiteFailure(answer.status, told, (text) => this.#transport.redact(text));
  }
}

interface Asked {
  readonly url: string;
  readonly method?: 'POST' | 'PUT';
  readonly body?: string;
  readonly mutation?: boolean;
  readonly headers?: TransportRequest['headers'];
  readonly signal?: AbortSignal | undefined;
}
