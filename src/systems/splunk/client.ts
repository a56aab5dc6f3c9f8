import { resolve } from 'node:path';
import type { Failure } from '../../model/failure.ts';
import { settingsOf } from '../http/settings.ts';
import { Token } from '../http/token.ts';
import type { AdapterDeps, Transport } from '../http/transport.ts';
import { SYSTEM, splunkFailure } from './failure.ts';
import { type CallOptions, loadSdk, makeRequest, type SplunkService } from './sdk.ts';

/** From this version on the SDK uses the v2 endpoints; a login learns the server's own. */
const VERSION = '9.1';

export interface ClientOptions {
  readonly transport: Transport;
  readonly url: string;
  readonly caFile: string | undefined;
  /** With a user name the token is its password, and a session is opened with both. */
  readonly username: string | undefined;
  readonly token: Token;
}

/** Throws a Failure `not_configured` where the config does not tell where Splunk is. */
export function openClient({ loaded, transport }: AdapterDeps): SplunkClient {
  const settings = settingsOf({ loaded }, SYSTEM);
  return new SplunkClient({
    transport,
    url: settings.url,
    caFile: settings.ca_file === undefined ? undefined : resolve(loaded.folder, settings.ca_file),
    username: settings.username,
    token: Token.of(SYSTEM, transport, settings.token, loaded.folder),
  });
}

/** Splunk's REST API through its SDK, which sends through our transport. Throws only `Failure`. */
export class SplunkClient {
  readonly #options: ClientOptions;
  readonly #base: string;
  readonly #key: Token;
  #version = VERSION;

  constructor(options: ClientOptions) {
    this.#options = options;
    this.#base = options.url.replace(/\/+$/, '');
    this.#key =
      options.username === undefined
        ? options.token
        : new Token(options.transport, () => options.token.forRead((password) => this.#login(password)));
  }

  redact(text: string): string {
    return this.#options.transport.redact(text);
  }

  /** Does something with the SDK's service; after a 401 once more, with a new session or token. */
  call<T>(work: (service: SplunkService) => Promise<T>, signal?: AbortSignal): Promise<T> {
    return this.#key.forRead(async (key) => {
      const authorization = this.#options.username === undefined ? 'Bearer' : 'Splunk';
      const service = await this.#service({ sessionKey: key, authorization }, signal);
      return this.#failing(work(service));
    });
  }

  /** What an error of the SDK's means. */
  failure(thrown: unknown): Failure {
    return splunkFailure(thrown, (text) => this.redact(text));
  }

  async #login(password: string): Promise<string> {
    const { username = '' } = this.#options;
    const service = await this.#service({ username, password });
    await this.#failing(service.login());
    this.#version = service.version;
    return service.sessionKey;
  }

  async #service(
    access:
      | { readonly username: string; readonly password: string }
      | { readonly sessionKey: string; readonly authorization: 'Bearer' | 'Splunk' },
    signal?: AbortSignal,
  ): Promise<SplunkService> {
    const { Http, Service } = await loadSdk();
    const { transport, caFile } = this.#options;
    const options: CallOptions = { transport, base: this.#base, caFile, signal };
    const url = new URL(this.#base);
    return new Service(new (Http.extend({ makeRequest: makeRequest(options) }))(), {
      scheme: url.protocol.slice(0, -1),
      host: url.hostname,
      port: url.port || (url.protocol === 'https:' ? '443' : '80'),
      version: this.#version,
      autologin: false,
      ...access,
    });
  }

  async #failing<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (thrown) {
      throw this.failure(thrown);
    }
  }
}
