import { readSecret } from '../../config/secrets.ts';
import type { Secret } from '../../config/systems/parts.ts';
import { Failure } from '../../model/failure.ts';
import type { Transport } from './transport.ts';

/** A system's token: got on first use, kept in memory, got once more when the system stops accepting it. */
export class Token {
  readonly #read: () => Promise<string>;
  readonly #transport: Transport;
  #current: Promise<string> | null = null;

  /** `read` throws a Failure where no token can be got. */
  constructor(transport: Transport, read: () => Promise<string>) {
    this.#transport = transport;
    this.#read = read;
  }

  /** The token that the config tells how to get; paths are relative to `folder`. */
  static of(system: string, transport: Transport, secret: Secret, folder: string): Token {
    return new Token(transport, () =>
      readSecret(secret, folder).catch((error: unknown) => {
        const why = error instanceof Error ? error.message : String(error);
        const failure = new Failure(system, 'not_configured', `systems.${system}.token: ${why}`);
        transport.report(system, failure);
        throw failure;
      }),
    );
  }

  get(): Promise<string> {
    this.#current ??= this.#fetch();
    return this.#current;
  }

  /** Runs a read with the token; after a 401 with a new one, once. */
  async forRead<T>(read: (token: string) => Promise<T>): Promise<T> {
    const token = await this.get();
    try {
      return await read(token);
    } catch (error) {
      if (!isUnauthorized(error) || !(await this.renew(token))) throw error;
      return read(await this.get());
    }
  }

  /** Runs a write with the token, once: after a 401 the token is got anew for the next try, and the person is told. */
  async forWrite<T>(write: (token: string) => Promise<T>): Promise<T> {
    const token = await this.get();
    try {
      return await write(token);
    } catch (error) {
      if (!isUnauthorized(error) || !(await this.renew(token).catch(() => false))) throw error;
      throw new Failure(
        error.system,
        'unauthorized',
        'The token was no longer accepted, so a new one was got: do it once more.',
        error.details,
      );
    }
  }

  /** Gets the token again; false when it is still the one that was refused. */
  async renew(refused: string): Promise<boolean> {
    const known = this.#current;
    // Several requests may be refused at once: the first of them gets the new one, for all.
    if (known !== null && (await known) === refused && this.#current === known) this.#current = null;
    return (await this.get()) !== refused;
  }

  async #fetch(): Promise<string> {
    try {
      const token = await this.#read();
      this.#transport.addSecret(token);
      return token;
    } catch (error) {
      this.#current = null;
      throw error;
    }
  }
}

function isUnauthorized(error: unknown): error is Failure {
  return error instanceof Failure && error.code === 'unauthorized';
}
