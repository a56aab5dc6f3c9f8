import { readFileSync } from 'node:fs';
import type { Agent } from 'node:http';
import type { AgentOptions } from 'node:https';
import { Failure } from '../../model/failure.ts';
import { MINUTE } from '../../model/instant.ts';

/** `import 'node:http'` would load what we never use (undici) and cost half the start-up time. */
export const http = () => process.getBuiltinModule('node:http');
export const https = () => process.getBuiltinModule('node:https');
const tls = () => process.getBuiltinModule('node:tls');

export interface AgentKey {
  readonly secure: boolean;
  readonly caFile: string | undefined;
  /** Keep the connection for the next request. A write takes a fresh one, which cannot be half closed already. */
  readonly keepAlive: boolean;
}

/** Connections by what they trust. */
export class Agents {
  readonly #proxy: string | undefined;
  readonly #agents = new Map<string, Agent>();

  /** `proxy`: URL of an HTTP proxy for every host but loopback. */
  constructor(proxy: string | undefined) {
    this.#proxy = proxy;
  }

  /** Throws a Failure of `system` where its certificate authority cannot be read. */
  for(system: string, key: AgentKey): Agent {
    const name = `${key.secure} ${key.keepAlive} ${key.caFile ?? ''}`;
    const agent = this.#agents.get(name) ?? this.#create(system, key);
    this.#agents.set(name, agent);
    return agent;
  }

  close(): void {
    for (const agent of this.#agents.values()) agent.destroy();
    this.#agents.clear();
  }

  #create(system: string, key: AgentKey): Agent {
    const options: AgentOptions = { keepAlive: key.keepAlive, timeout: MINUTE, ...this.#proxyOptions() };
    if (!key.secure) return new (http().Agent)(options);
    const trust = key.caFile === undefined ? {} : { ca: readAuthority(system, key.caFile) };
    // One for all its connections: each would make its own, and read the authorities again.
    const secureContext = tls().createSecureContext(trust);
    return new (https().Agent)({ ...options, secureContext, rejectUnauthorized: true });
  }

  /** Node's own tunnel: https://nodejs.org/api/http.html#built-in-proxy-support */
  #proxyOptions(): AgentOptions {
    if (this.#proxy === undefined) return {};
    return {
      proxyEnv: { HTTP_PROXY: this.#proxy, HTTPS_PROXY: this.#proxy, NO_PROXY: 'localhost,127.0.0.1,::1' },
    };
  }
}

function readAuthority(system: string, file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const why = error instanceof Error && 'code' in error ? error.code : error;
    throw new Failure(
      system,
      'not_configured',
      `The ca_file of ${system}, ${file}, cannot be read (${why}).`,
    );
  }
}

/** Built in since Node 22.21 and 24.5; older ones would go past the proxy without a word. */
export function nodeKnowsProxies(version: string = process.versions.node): boolean {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return major > 24 || (major === 24 && minor >= 5) || (major === 22 && minor >= 21);
}
