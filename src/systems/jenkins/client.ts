import type * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import { Rest } from '../http/rest.ts';
import { settingsOf } from '../http/settings.ts';
import type { AdapterDeps, TransportResponse } from '../http/transport.ts';
import { jenkinsFailure, SYSTEM } from './failure.ts';

const MAX_LOG_BYTES = 4 * 1_048_576;

/**
 * Jenkins's remote access API with a user's API token, sent from the first request on (Jenkins asks nobody to log in).
 * Requests with such a token need no crumb since 2.96: https://www.jenkins.io/changelog-old/#v2.96. Throws only `Failure`.
 */
export class JenkinsClient {
  readonly #rest: Rest;

  constructor(deps: AdapterDeps) {
    const settings = settingsOf(deps, SYSTEM);
    const { username } = settings;
    this.#rest = new Rest(deps, { system: SYSTEM, settings, username, failure: jenkinsFailure });
  }

  /** Without a slash at the end. */
  get base(): string {
    return this.#rest.base;
  }

  /** @param what is read, for a sentence: `the builds of deploys/login` */
  read<S extends z.ZodType>(
    what: string,
    schema: S,
    path: string,
    signal?: AbortSignal,
  ): Promise<z.output<S>> {
    return this.#rest.get(what, schema, `${this.base}${path}`, signal);
  }

  /** The same; null for what is not there, or may not be seen. */
  async find<S extends z.ZodType>(
    what: string,
    schema: S,
    path: string,
    signal?: AbortSignal,
  ): Promise<z.output<S> | null> {
    try {
      return await this.read(what, schema, path, signal);
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.code === 'not_found') return null;
      throw thrown;
    }
  }

  /** What a build printed from that byte on; `X-Text-Size` is where the next reading begins. */
  log(build: string, from: number, signal?: AbortSignal): Promise<{ text: string; size: number }> {
    const url = `${this.base}${build}/logText/progressiveText?start=${from}`;
    const request = { maxBytes: MAX_LOG_BYTES, signal };
    return this.#rest.read('the log of a build', url, request, ({ body, headers }) => ({
      text: body.toString('utf8'),
      size: Number(headers['x-text-size'] ?? 0) || 0,
    }));
  }

  /** Sends a form exactly once; resolves with an answer below 300. */
  post(
    what: string,
    path: string,
    fields: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<TransportResponse> {
    return this.#rest.send('POST', what, `${this.base}${path}`, {
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
      signal,
    });
  }

  /** What Jenkins says to a GET, whatever it says. */
  knock(path: string, signal?: AbortSignal): Promise<TransportResponse> {
    return this.#rest.knock(`${this.base}${path}`, signal);
  }
}
