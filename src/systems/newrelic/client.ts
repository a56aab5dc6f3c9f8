import { resolve } from 'node:path';
import * as z from 'zod';
import type { SafeText } from '../../model/safe-text.ts';
import { decode } from '../http/decode.ts';
import { lenientJson, parseAnswer } from '../http/json.ts';
import { settingsOf } from '../http/settings.ts';
import { Token } from '../http/token.ts';
import type { AdapterDeps, Transport } from '../http/transport.ts';
import { nerdGraphFailure, SYSTEM } from './failure.ts';
import { USER, userData } from './wire.ts';

/** https://docs.newrelic.com/docs/apis/nerdgraph/get-started/introduction-new-relic-nerdgraph (Endpoints) */
const REGIONS = {
  us: 'https://api.newrelic.com',
  eu: 'https://api.eu.newrelic.com',
  jp: 'https://api.jp.newrelic.com',
} as const;

/** Parts of the graph that are not declared stable are given to those alone who say that they know. */
const OPT_IN = { 'nerd-graph-unsafe-experimental-opt-in': 'AiIssues' };

type Variables = Readonly<Record<string, unknown>>;

/** New Relic's NerdGraph: GraphQL by POST. Throws only `Failure`. */
export class NerdGraph {
  /** Number of the account whose issues are shown. */
  readonly account: number;
  readonly #transport: Transport;
  readonly #token: Token;
  readonly #url: string;
  readonly #caFile: string | undefined;

  constructor({ loaded, transport }: AdapterDeps) {
    const settings = settingsOf({ loaded }, SYSTEM);
    this.account = settings.account;
    this.#transport = transport;
    this.#token = Token.of(SYSTEM, transport, settings.token, loaded.folder);
    this.#url = `${(settings.url ?? REGIONS[settings.region]).replace(/\/+$/, '')}/graphql`;
    this.#caFile = settings.ca_file === undefined ? undefined : resolve(loaded.folder, settings.ca_file);
  }

  query<S extends z.ZodType>(
    what: string,
    data: S,
    query: string,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<z.output<S>> {
    return this.#token.forRead(async (token) =>
      decode(SYSTEM, what, data, await this.#ask(token, { query, variables }, false, signal)),
    );
  }

  /** The user of the key; null: it does not tell. */
  async whoAmI(signal?: AbortSignal): Promise<SafeText | null> {
    const { user } = (await this.query('a user', userData, USER, {}, signal)).actor;
    return user?.email ?? user?.name ?? null;
  }

  /** Sends exactly once. */
  mutate<S extends z.ZodType>(
    what: string,
    data: S,
    query: string,
    variables: Variables,
    signal?: AbortSignal,
  ): Promise<z.output<S>> {
    return this.#token.forWrite(async (token) =>
      decode(SYSTEM, what, data, await this.#ask(token, { query, variables }, true, signal)),
    );
  }

  async #ask(
    token: string,
    body: { readonly query: string; readonly variables: Variables },
    mutation: boolean,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    const answer = await this.#transport.request({
      system: SYSTEM,
      method: 'POST',
      url: this.#url,
      headers: { 'api-key': token, 'content-type': 'application/json', ...OPT_IN },
      body: JSON.stringify(body),
      mutation,
      ...(signal === undefined ? {} : { signal }),
      ...(this.#caFile === undefined ? {} : { caFile: this.#caFile }),
    });
    const text = answer.body.toString('utf8');
    const said =
      answer.status === 200 ? parseAnswer(this.#transport, SYSTEM, this.#url, text) : lenientJson(text);
    const failure = nerdGraphFailure(answer.status, said, (told) => this.#transport.redact(told));
    if (failure === null) return decode(SYSTEM, 'an answer', z.object({ data: z.unknown() }), said).data;
    // To the transport an answer of 200 was a success.
    if (answer.status === 200) this.#transport.report(SYSTEM, failure);
    throw failure;
  }
}
