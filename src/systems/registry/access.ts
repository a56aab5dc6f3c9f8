import * as z from 'zod';
import { Failure } from '../../model/failure.ts';
import { MINUTE, SECOND } from '../../model/instant.ts';
import { decode } from '../http/decode.ts';
import { parseJson } from '../http/json.ts';
import type { TransportRequest, TransportResponse } from '../http/transport.ts';
import type { Challenge } from './challenge.ts';
import { registryFailure, SYSTEM } from './failure.ts';

/** https://distribution.github.io/distribution/spec/auth/token/#token-response-fields */
const answer = z.object({
  token: z.string().min(1).nullish(),
  access_token: z.string().min(1).nullish(),
  expires_in: z.number().positive().nullish(),
});
const DEFAULT_LIFE_MS = MINUTE;
/** A token is not used in its last moments: it would expire on its way. */
const SPARE_MS = 10 * SECOND;

export interface AccessOptions {
  readonly username: string | undefined;
  send(request: Pick<TransportRequest, 'url' | 'headers'>): Promise<TransportResponse>;
  addSecret(secret: string): void;
  redact(text: string): string;
}

interface Bearer {
  readonly header: string;
  /** On the monotonic clock. */
  readonly until: number;
}

/**
 * The `Authorization` of requests: what the registry asked for, learnt from its first 401. Bearer tokens are kept by
 * repository until they expire.
 */
export class Access {
  readonly #options: AccessOptions;
  readonly #bearers = new Map<string, Promise<Bearer>>();
  #wantsBasic = false;

  constructor(options: AccessOptions) {
    this.#options = options;
  }

  /** null: nothing is known to be wanted yet. @param secret null: none is configured */
  async header(repository: string, secret: string | null): Promise<string | null> {
    const bearer = await this.#bearers.get(keyOf(repository, secret))?.catch(() => null);
    if (bearer !== undefined && bearer !== null && bearer.until > performance.now()) return bearer.header;
    if (secret === null) return null;
    if (this.#options.username === undefined) return `Bearer ${secret}`;
    return this.#wantsBasic ? this.#basic(secret) : null;
  }

  /** After a 401: what it asks for; null: nothing else than was refused can be given. */
  async answerTo(
    challenge: Challenge,
    repository: string,
    secret: string | null,
    refused: string | null,
  ): Promise<string | null> {
    if (challenge.scheme === 'basic') {
      this.#wantsBasic = true;
      const basic = secret === null ? null : this.#basic(secret);
      return basic === refused ? null : basic;
    }
    const key = keyOf(repository, secret);
    const before = this.#bearers.get(key);
    const known = await before?.catch(() => null);
    const isNeeded = known === undefined || known === null || known.header === refused;
    // Several requests may be refused at once: the first of them gets the new token, for all.
    if (isNeeded && this.#bearers.get(key) === before) this.#bearers.set(key, this.#get(challenge, secret));
    return (await this.#bearers.get(key))?.header ?? null;
  }

  /**
   * From the token server that the registry names, often another host. As every client of the protocol does, it is
   * given the password, over https; the registry itself never is.
   */
  async #get(
    { realm, service, scope }: Extract<Challenge, { scheme: 'bearer' }>,
    secret: string | null,
  ): Promise<Bearer> {
    const url = URL.parse(realm);
    if (url === null)
      throw new Failure(SYSTEM, 'unreadable', 'The registry names no address to get a token at.');
    if (service !== null) url.searchParams.set('service', service);
    for (const each of scope?.split(' ') ?? []) url.searchParams.append('scope', each);
    const authorization =
      secret === null || this.#options.username === undefined ? null : this.#basic(secret);
    const response = await this.#options.send({
      url: url.href,
      headers: authorization === null ? {} : { authorization },
    });
    if (response.status !== 200) throw registryFailure('a token', response, this.#options.redact);
    const got = decode(SYSTEM, 'a token', answer, parseJson(SYSTEM, url.host, response.body));
    const token = got.token ?? got.access_token ?? '';
    this.#options.addSecret(token);
    const life = got.expires_in == null ? DEFAULT_LIFE_MS : got.expires_in * SECOND;
    return { header: `Bearer ${token}`, until: performance.now() + life - SPARE_MS };
  }

  #basic(secret: string): string {
    const pair = Buffer.from(`${this.#options.username ?? ''}:${secret}`).toString('base64');
    this.#options.addSecret(pair);
    return `Basic ${pair}`;
  }
}

function keyOf(repository: string, secret: string | null): string {
  return JSON.stringify([repository, secret]);
}
