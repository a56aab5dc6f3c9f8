import { resolve } from 'node:path';
import type * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import { decode } from '../http/decode.ts';
import { parseAnswer } from '../http/json.ts';
import { Token } from '../http/token.ts';
import type { AdapterDeps, Transport, TransportRequest, TransportResponse } from '../http/transport.ts';
import { jenkinsFailure, SYSTEM } from './failure.ts';

const MAX_LOG_BYTES = 4 * 1_048_576;

/**
 * Jenkins's remote access API with a user's API token, sent from the first request on (Jenkins asks nobody to log in).
 * Requests with such a token need no crumb since 2.96: https://www.jenkins.io/changelog-old/#v2.96. Throws only `Failure`.
 */
export class JenkinsClient {
  /** Without a slash at the end. */
  readonly base: string;
  readonly #transport: Transport;
  readonly #token: Token;
  readonly #username: string;
  readonly #caFile: string | undefined;

  constructor({ loaded, transport }: AdapterDeps) {
    const settings = loaded.config.systems.jenkins;
    if (settings === undefined) {
      throw new Failure(SYSTEM, 'not_configured', `systems.jenkins is missing in ${loaded.file}.`);
    }
    this.base = settings.url.replace(/\/+$/, '');
    this.#transport = transport;
    this.#token = Token.of(SYSTEM, transport, settings.token, loaded.folder);
    this.#username = settings.username;
    this.#caFile = settings.ca_file === undefined ? undefined : resolve(loaded.folder, settings.ca_file);
  }

  /** @param what is read, for a sentence: `the builds of deploys/login` */
  read<S extends z.ZodType>(
    what: string,
    schema: S,
    path: string,
    signal?: AbortSignal,
  ): Promise<z.output<S>> {
    return this.#token.forRead(async (token) => {
      const { url, answer } = await this.#send(path, token, { method: 'GET' }, signal);
      if (answer.status >= 400) throw this.#failure(answer, what);
      const body = parseAnswer(this.#transport, SYSTEM, url, answer.body.toString('utf8'));
      return decode(SYSTEM, what, schema, body);
    });
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
  async log(build: string, from: number, signal?: AbortSignal): Promise<{ text: string; size: number }> {
    const path = `${build}/logText/progressiveText?start=${from}`;
    return this.#token.forRead(async (token) => {
      const more = { method: 'GET', maxBytes: MAX_LOG_BYTES };
      const { answer } = await this.#send(path, token, more, signal);
      if (answer.status >= 400) throw this.#failure(answer, 'the log of a build');
      return { text: answer.body.toString('utf8'), size: Number(answer.headers['x-text-size'] ?? 0) || 0 };
    });
  }

  /** Sends a form exactly once; resolves with an answer below 300. */
  post(
    what: string,
    path: string,
    fields: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<TransportResponse> {
    return this.#token.forWrite(async (token) => {
      const more = {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: new URLSearchParams(fields).toString(),
      };
      const { answer } = await this.#send(path, token, more, signal);
      if (answer.status >= 400) throw this.#failure(answer, what);
      return answer;
    });
  }

  /** What Jenkins says to a GET, whatever it says. */
  knock(path: string, signal?: AbortSignal): Promise<TransportResponse> {
    return this.#token.forRead(async (token) => {
      const { answer } = await this.#send(path, token, { method: 'GET', retries: 0 }, signal);
      if (answer.status === 401) throw this.#failure(answer, 'a question');
      return answer;
    });
  }

  #failure(answer: TransportResponse, what: string): Failure {
    return jenkinsFailure(answer, what, (text) => this.#transport.redact(text));
  }

  async #send(
    path: string,
    token: string,
    more: Pick<TransportRequest, 'method' | 'headers' | 'body' | 'maxBytes' | 'retries'>,
    signal: AbortSignal | undefined,
  ): Promise<{ url: string; answer: TransportResponse }> {
    const login = `${this.#username}:${token}`;
    this.#transport.addSecret(login);
    const url = `${this.base}${path}`;
    const answer = await this.#transport.request({
      ...more,
      system: SYSTEM,
      url,
      headers: {
        accept: 'application/json',
        ...more.headers,
        authorization: `Basic ${Buffer.from(login).toString('base64')}`,
      },
      ...(signal === undefined ? {} : { signal }),
      ...(this.#caFile === undefined ? {} : { caFile: this.#caFile }),
    });
    return { url, answer };
  }
}
