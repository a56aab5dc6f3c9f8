import { resolve } from 'node:path';
import { Octokit } from '@octokit/core';
import { paginateRest } from '@octokit/plugin-paginate-rest';
import { Failure } from '../../model/failure.ts';
import { localNow, SECOND } from '../../model/instant.ts';
import { lenientJson, parseAnswer } from '../http/json.ts';
import { settingsOf } from '../http/settings.ts';
import { Token } from '../http/token.ts';
import type { AdapterDeps, Transport } from '../http/transport.ts';
import { githubFailure, SYSTEM } from './failure.ts';

export type Parameters = Readonly<Record<string, string | number>>;

export interface Page {
  readonly data: unknown;
  readonly headers: Readonly<Record<string, string | undefined>>;
}

const Kit = Octokit.plugin(paginateRest);
/** Its own goes to the console: GitHub's deprecation notes are nothing for whoever is on call. */
const QUIET = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

/**
 * GitHub's REST API, reading only, through Octokit, which sends through our transport. That repeats reads and keeps
 * the budget, so Octokit's own plugins for retries and throttling are left out. Throws only `Failure`.
 */
export class GithubClient {
  readonly #transport: Transport;
  readonly #token: Token;
  readonly #base: string;
  readonly #caFile: string | undefined;
  #quiet: { readonly until: number; readonly why: Failure } | null = null;

  constructor(options: { transport: Transport; token: Token; url: string; caFile: string | undefined }) {
    this.#transport = options.transport;
    this.#token = options.token;
    this.#base = options.url.replace(/\/+$/, '');
    this.#caFile = options.caFile;
  }

  static open({ loaded, transport }: AdapterDeps): GithubClient {
    const settings = settingsOf({ loaded }, SYSTEM);
    return new GithubClient({
      transport,
      token: Token.of(SYSTEM, transport, settings.token, loaded.folder),
      url: settings.url,
      caFile: settings.ca_file === undefined ? undefined : resolve(loaded.folder, settings.ca_file),
    });
  }

  /** One answer of a route such as `/repos/{owner}/{repo}`; parameters that it does not name go to the query. */
  get(route: string, parameters: Parameters, signal?: AbortSignal): Promise<Page> {
    return this.#asked(async (token) => {
      const { data, headers } = await this.#kit(token, signal).request(`GET ${route}`, { ...parameters });
      return { data, headers: text(headers) };
    });
  }

  /**
   * The same unless it is what bore that `etag`: null then. Such an answer (304) does not count against the limit:
   * https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api#use-conditional-requests-if-appropriate
   */
  getUnlessSame(
    route: string,
    parameters: Parameters,
    etag: string | null,
    signal?: AbortSignal,
  ): Promise<Page | null> {
    return this.#asked(async (token) => {
      const headers = etag === null ? {} : { headers: { 'if-none-match': etag } };
      try {
        const answer = await this.#kit(token, signal).request(`GET ${route}`, { ...parameters, ...headers });
        return { data: answer.data, headers: text(answer.headers) };
      } catch (thrown) {
        if (isNotModified(thrown)) return null;
        throw thrown;
      }
    });
  }

  /** Pages one after the other, at most `most` of them. */
  pages(
    route: string,
    parameters: Parameters,
    most: number,
    signal?: AbortSignal,
  ): Promise<readonly unknown[]> {
    return this.#asked(async (token) => {
      const kit = this.#kit(token, signal);
      const read: unknown[] = [];
      for await (const { data } of kit.paginate.iterator(`GET ${route}`, { ...parameters })) {
        read.push(data);
        if (read.length >= most) break;
      }
      return read;
    });
  }

  async #asked<T>(ask: (token: string) => Promise<T>): Promise<T> {
    return this.#token.forRead(async (token) => {
      try {
        return await ask(token);
      } catch (thrown) {
        // Octokit wraps what its fetch threw, and stumbles over lists of a shape that it does not expect.
        if (thrown instanceof Error && thrown.cause instanceof Failure) throw thrown.cause;
        const why = this.#transport.redact(thrown instanceof Error ? thrown.message : String(thrown));
        throw new Failure(SYSTEM, 'unreadable', `GitHub's answer is not of a known shape: ${why}.`);
      }
    });
  }

  /** Made for each call: only so does its signal reach every page. */
  #kit(token: string, signal: AbortSignal | undefined) {
    return new Kit({
      auth: token,
      baseUrl: this.#base,
      userAgent: 'oncall',
      log: QUIET,
      request: {
        log: QUIET,
        // The data is what our fetch gives as its body: read once, and checked.
        parseSuccessResponseBody: false,
        fetch: (url: string, options: { readonly headers: Readonly<Record<string, string>> }) =>
          this.#fetch(url, options.headers, signal),
      },
    });
  }

  async #fetch(
    url: string,
    headers: Readonly<Record<string, string>>,
    signal: AbortSignal | undefined,
  ): Promise<object> {
    this.#refuse(url);
    const answer = await this.#transport.request({
      system: SYSTEM,
      method: 'GET',
      url,
      headers,
      ...(signal === undefined ? {} : { signal }),
      ...(this.#caFile === undefined ? {} : { caFile: this.#caFile }),
    });
    const body = answer.body.toString('utf8');
    if (answer.status >= 400) {
      const now = this.#transport.now(SYSTEM);
      const failure = githubFailure(answer, lenientJson(body), now, (said) => this.#transport.redact(said));
      const { retryAt } = failure.details;
      if (retryAt !== undefined) this.#quiet = { until: retryAt, why: failure };
      throw failure;
    }
    return {
      status: answer.status,
      url,
      headers: new Map(Object.entries(answer.headers)),
      body: body === '' ? null : parseAnswer(this.#transport, SYSTEM, url, body),
      /** Octokit reads a 304 so, whatever it was told of bodies. */
      text: async () => body,
    };
  }

  /** A next page may lie anywhere, says its link: the token goes nowhere else. And what asked for peace has it. */
  #refuse(url: string): void {
    const host = new URL(this.#base).origin;
    if (URL.parse(url)?.origin !== host) {
      const to = URL.parse(url)?.host ?? 'nowhere';
      throw new Failure(
        SYSTEM,
        'unreadable',
        `${host} sends to ${to} for more, where the token must not go.`,
      );
    }
    if (this.#quiet === null) return;
    const left = this.#quiet.until - localNow();
    if (left > 0) {
      const sentence = `GitHub asks for fewer requests: it is asked again in ${Math.ceil(left / SECOND)} s.`;
      throw new Failure(SYSTEM, 'rate_limited', sentence, this.#quiet.why.details);
    }
    this.#quiet = null;
  }
}

/** Octokit throws at a 304. */
function isNotModified(thrown: unknown): boolean {
  return thrown instanceof Error && 'status' in thrown && thrown.status === 304;
}

function text(headers: object): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}
