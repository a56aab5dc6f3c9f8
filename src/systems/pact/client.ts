import { resolve } from 'node:path';
import { parseAnswer } from '../http/json.ts';
import { settingsOf } from '../http/settings.ts';
import { Token } from '../http/token.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { pactFailure, SYSTEM } from './failure.ts';

const DEADLINE_MS = 10_000;
const MAX_BYTES = 8 * 1_048_576;

export type PactRead = (path: string, signal: AbortSignal | undefined) => Promise<unknown>;

/** Reads of a Pact Broker: with a bearer token as PactFlow wants it, with a name and its password, or as anybody. */
export function openPact({ loaded, transport }: AdapterDeps): PactRead {
  const settings = settingsOf({ loaded }, SYSTEM);
  const { username, ca_file: caFile } = settings;
  const base = settings.url.replace(/\/+$/, '');
  const token =
    settings.token === undefined ? null : Token.of(SYSTEM, transport, settings.token, loaded.folder);

  function authorization(secret: string | null): { readonly authorization?: string } {
    if (secret === null) return {};
    if (username === undefined) return { authorization: `Bearer ${secret}` };
    const pair = Buffer.from(`${username}:${secret}`).toString('base64');
    transport.addSecret(pair);
    return { authorization: `Basic ${pair}` };
  }

  async function read(
    path: string,
    secret: string | null,
    signal: AbortSignal | undefined,
  ): Promise<unknown> {
    const url = `${base}${path}`;
    const answer = await transport.request({
      system: SYSTEM,
      method: 'GET',
      url,
      headers: { accept: 'application/hal+json', ...authorization(secret) },
      deadlineMs: DEADLINE_MS,
      maxBytes: MAX_BYTES,
      ...(signal === undefined ? {} : { signal }),
      ...(caFile === undefined ? {} : { caFile: resolve(loaded.folder, caFile) }),
    });
    if (answer.status >= 300) throw pactFailure(answer, (text) => transport.redact(text));
    return parseAnswer(transport, SYSTEM, url, answer.body.toString('utf8'));
  }

  return (path, signal) =>
    token === null ? read(path, null, signal) : token.forRead((secret) => read(path, secret, signal));
}
