import { resolve } from 'node:path';
import { type FetchFunction, type Logger, LogLevel, WebClient } from '@slack/web-api';
import * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import { decode } from '../http/decode.ts';
import { parseAnswer } from '../http/json.ts';
import { settingsOf } from '../http/settings.ts';
import { Token } from '../http/token.ts';
import type { AdapterDeps, Transport } from '../http/transport.ts';
import { SYSTEM, slackFailure } from './failure.ts';

type SentOptions = NonNullable<Parameters<FetchFunction>[1]>;
type Arguments = Readonly<Record<string, unknown>>;

interface Call {
  readonly method: string;
  readonly args: Arguments;
  readonly mutation: boolean;
  readonly signal: AbortSignal | undefined;
}

/** Its own one writes what the server said to the terminal. */
const SILENT: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  setName() {},
  getLevel: () => LogLevel.ERROR,
};

const answered = z.looseObject({ ok: z.boolean() });

/** Slack's Web API through its own client, which sends through our transport. Throws only `Failure`. */
export class SlackClient {
  readonly #transport: Transport;
  readonly #token: Token;
  readonly #url: string;
  readonly #caFile: string | undefined;

  constructor({ loaded, transport }: AdapterDeps) {
    const settings = settingsOf({ loaded }, SYSTEM);
    this.#transport = transport;
    this.#token = Token.of(SYSTEM, transport, settings.token, loaded.folder);
    this.#url = settings.url;
    this.#caFile = settings.ca_file === undefined ? undefined : resolve(loaded.folder, settings.ca_file);
  }

  read(method: string, args: Arguments, signal?: AbortSignal): Promise<unknown> {
    return this.#token.forRead((token) => this.#call(token, { method, args, mutation: false, signal }));
  }

  /** Sends exactly once. */
  write(method: string, args: Arguments, signal?: AbortSignal): Promise<unknown> {
    return this.#token.forWrite((token) => this.#call(token, { method, args, mutation: true, signal }));
  }

  async #call(token: string, call: Call): Promise<unknown> {
    const client = new WebClient(token, {
      slackApiUrl: this.#url,
      allowAbsoluteUrls: false,
      fetch: (url, init) => this.#send(String(url), init ?? {}, call),
      // Without these it repeats whatever fails, messages too, for half an hour.
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger: SILENT,
    });
    try {
      return await client.apiCall(call.method, { ...call.args });
    } catch (thrown) {
      const failure = slackFailure(thrown, (text) => this.#transport.redact(text));
      // To the transport an answer of 200 was a success.
      if (failure.code === 'unauthorized' || failure.code === 'server_error')
        this.#transport.report(SYSTEM, failure);
      throw failure;
    }
  }

  /** Only answers of 200 go back to the client, and only those that are Slack's. */
  async #send(url: string, { headers, body }: SentOptions, call: Call): Promise<Response> {
    const answer = await this.#transport.request({
      system: SYSTEM,
      method: 'POST',
      url,
      mutation: call.mutation,
      ...(headers === undefined ? {} : { headers }),
      ...(typeof body === 'string' ? { body } : {}),
      ...(call.signal === undefined ? {} : { signal: call.signal }),
      ...(this.#caFile === undefined ? {} : { caFile: this.#caFile }),
    });
    const { status } = answer;
    if (status !== 200) {
      const code = status >= 500 ? 'server_error' : 'unreadable';
      throw new Failure(SYSTEM, code, `Slack answered with HTTP ${status}.`, { status });
    }
    const text = answer.body.toString('utf8');
    decode(SYSTEM, call.method, answered, parseAnswer(this.#transport, SYSTEM, url, text));
    const scopes = answer.headers['x-oauth-scopes'];
    return new Response(text, { headers: scopes === undefined ? {} : { 'x-oauth-scopes': scopes } });
  }
}
