import { resolve } from 'node:path';
import type * as z from 'zod';
import type { nagios } from '../../config/systems/nagios.ts';
import { Failure } from '../../model/failure.ts';
import { MINUTE } from '../../model/instant.ts';
import { decode } from '../http/decode.ts';
import { parseAnswer } from '../http/json.ts';
import { settingsOf } from '../http/settings.ts';
import { Token } from '../http/token.ts';
import type { AdapterDeps, Transport, TransportResponse } from '../http/transport.ts';
import { refusalOf } from './answer-page.ts';
import { resultFailure, SYSTEM, statusFailure } from './failure.ts';
import { type CommandForm, readForm } from './form.ts';
import { envelope, type Result } from './wire.ts';

/** A daemon writes its state every `status_update_interval`, 10 s by default: older, and it has died. */
const OLDEST_STATE = 5 * MINUTE;

export interface Answer<T> {
  readonly data: T;
  readonly result: Result;
}

export function openClient(deps: AdapterDeps): NagiosClient {
  const settings = settingsOf(deps, SYSTEM);
  return new NagiosClient(deps, settings);
}

/** Nagios's CGIs with Basic authentication. Throws only `Failure`. */
export class NagiosClient {
  /** Folder of the CGIs, without a slash at the end. */
  readonly base: string;
  readonly username: string;
  readonly #transport: Transport;
  readonly #token: Token;

  readonly #caFile: string | undefined;

  constructor({ loaded, transport }: AdapterDeps, settings: z.output<typeof nagios>) {
    this.base = settings.url.replace(/\/+$/, '');
    this.#transport = transport;
    this.#token = Token.of(SYSTEM, transport, settings.token, loaded.folder);
    this.username = settings.username;
    this.#caFile = settings.ca_file === undefined ? undefined : resolve(loaded.folder, settings.ca_file);
  }

  /** Asks statusjson.cgi. Lists in it (`critical+down`) are parted by the plus sign that is a space in a query. */
  async status<S extends z.ZodType>(
    schema: S,
    query: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<Answer<z.output<S>>> {
    const url = `${this.base}/statusjson.cgi?${new URLSearchParams({ ...query, formatoptions: 'enumerate' })}`;
    const { body } = await this.#read(url, true, signal);
    const text = body.toString('utf8');
    if (text.trim() === '') throw this.#dead('gives an empty answer, as it does when its daemon is stopped');
    const parsed = parseAnswer(this.#transport, SYSTEM, url, text);
    const { result, data } = decode(SYSTEM, 'an answer', envelope, parsed);
    if (result.type_code !== 0) throw resultFailure(result);
    const age = result.query_time - (result.last_data_update ?? result.query_time);
    if (age > OLDEST_STATE) {
      throw this.#dead(
        `has written down nothing for ${Math.round(age / MINUTE)} minutes: its daemon is dead`,
      );
    }
    return { result, data: decode(SYSTEM, query.query ?? 'data', schema, data) };
  }

  async form(fields: Readonly<Record<string, string>>, signal?: AbortSignal): Promise<CommandForm> {
    return readForm(await this.#read(`${this.base}/cmd.cgi?${new URLSearchParams(fields)}`, false, signal));
  }

  /** Gives a command (`cmd_mod=2`), exactly once. */
  async commit(
    form: CommandForm,
    fields: Readonly<Record<string, string>>,
    signal?: AbortSignal,
  ): Promise<void> {
    const url = `${this.base}/cmd.cgi`;
    const answer = await this.#token.forWrite((password) =>
      this.#send(url, password, {
        method: 'POST',
        headers: {
          'content-type': 'application/x-www-form-urlencoded',
          cookie: `NagFormId=${form.cookie}`,
        },
        body: new URLSearchParams({ ...fields, cmd_mod: '2', nagFormId: form.id }).toString(),
        refuseHtml: false,
        ...(signal === undefined ? {} : { signal }),
      }),
    );
    const refusal = refusalOf(answer.body.toString('utf8'), (text) => this.#transport.redact(text));
    if (refusal !== null) throw refusal;
  }

  #read(url: string, refuseHtml: boolean, signal?: AbortSignal): Promise<TransportResponse> {
    return this.#token.forRead((password) =>
      this.#send(url, password, {
        method: 'GET',
        refuseHtml,
        ...(signal === undefined ? {} : { signal }),
      }),
    );
  }

  async #send(
    url: string,
    password: string,
    call: Pick<Parameters<Transport['request']>[0], 'method' | 'headers' | 'body' | 'refuseHtml' | 'signal'>,
  ): Promise<TransportResponse> {
    const login = `${this.username}:${password}`;
    this.#transport.addSecret(login);
    const answer = await this.#transport.request({
      ...call,
      system: SYSTEM,
      url,
      headers: { ...call.headers, authorization: `Basic ${Buffer.from(login).toString('base64')}` },
      ...(this.#caFile === undefined ? {} : { caFile: this.#caFile }),
    });
    if (answer.status >= 400) throw statusFailure(answer.status, new URL(url).host);
    return answer;
  }

  /** What it says is old, whatever it says: never taken for "all is well". */
  #dead(why: string): Failure {
    const failure = new Failure(SYSTEM, 'server_error', `Nagios ${why}: start it again.`);
    this.#transport.report(SYSTEM, failure);
    return failure;
  }
}
