import * as z from 'zod';
import { Rest } from '../http/rest.ts';
import { settingsOf } from '../http/settings.ts';
import type { AdapterDeps, Transport } from '../http/transport.ts';
import { buildkiteFailure, SYSTEM } from './failure.ts';
import { type Build, buildsAnswer } from './wire.ts';

/** The most that one page holds: https://buildkite.com/docs/apis/rest-api#pagination */
const A_PAGE = 100;
/** A page of builds carries their jobs and pipelines. */
const MAX_BYTES = 32 * 1_048_576;

type Query = readonly (readonly [name: string, value: string])[];

export interface Listed<T> {
  readonly items: readonly T[];
  /** Whether there were no further pages. */
  readonly complete: boolean;
}

/** Buildkite's REST API v2, of one organisation. Throws only `Failure`. */
export class BuildkiteClient {
  readonly #transport: Transport;
  readonly #rest: Rest;
  readonly #organization: string;

  constructor(deps: AdapterDeps) {
    const settings = settingsOf(deps, SYSTEM);
    this.#transport = deps.transport;
    this.#rest = new Rest(deps, { system: SYSTEM, settings, failure: buildkiteFailure });
    this.#organization = `${this.#rest.base}/organizations/${settings.organization}`;
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
    return this.#rest.get(what, schema, `${this.#rest.base}${path}`, signal);
  }

  /** @param path below the organisation, such as `/pipelines/charge-central` */
  get<S extends z.ZodType>(
    what: string,
    schema: S,
    path: string,
    signal?: AbortSignal,
  ): Promise<z.output<S>> {
    return this.#rest.get(what, schema, `${this.#organization}${path}`, signal);
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
      url = await this.#rest.read(what, here, { maxBytes: MAX_BYTES, signal }, (answer) => {
        items.push(...this.#rest.json(what, schema, here, answer));
        return this.#next(answer.headers.link);
      });
    }
    return { items, complete: url === null };
  }

  /** Sends exactly once. */
  async send(
    what: string,
    method: 'POST' | 'PUT',
    path: string,
    body: object,
    signal?: AbortSignal,
  ): Promise<void> {
    const url = `${this.#organization}${path}`;
    const answer = await this.#rest.send(method, what, url, { body: JSON.stringify(body), signal });
    this.#rest.json(what, z.unknown(), url, answer);
  }

  /** The end of a job's log, as text with its escape sequences: …/jobs#get-a-job-s-log-output */
  logTail(path: string, bytes: number, signal?: AbortSignal): Promise<string> {
    const headers = { accept: 'text/plain', range: `bytes=-${bytes}` };
    const url = `${this.#organization}${path}`;
    return this.#rest.read('a log', url, { headers, signal }, ({ body }) => body.toString('utf8'));
  }

  #next(header: string | undefined): string | null {
    const next = /<([^<>]+)>\s*;[^,]*\brel="?next"?/.exec(header ?? '')?.[1];
    return next === undefined ? null : this.#rest.followable(next);
  }
}
