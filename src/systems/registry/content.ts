import { Failure } from '../../model/failure.ts';
import {
  type Configuration,
  digestOf,
  MAX_CONFIGURATION_BYTES,
  parseConfiguration,
} from '../images/configuration.ts';
import {
  MANIFEST_FORMATS,
  MAX_MANIFEST_BYTES,
  type Manifest,
  parseManifest,
  platformDigest,
} from '../images/manifest.ts';
import type { Read, RegistryClient } from './client.ts';
import { SYSTEM } from './failure.ts';

const DIGEST = /^[a-z0-9]+(?:[+._-][a-z0-9]+)*:[0-9a-fA-F]{32,}$/;
/** Kept: what a digest names never changes. */
const KEPT = 500;

/** What lies behind tags and digests. */
export class Content {
  readonly #client: RegistryClient;
  readonly #known = new Map<string, Promise<Configuration>>();

  constructor(client: RegistryClient) {
    this.#client = client;
  }

  /** null: there is no such tag; a Failure `not_found`: there is no such repository. */
  async digest(repository: string, tag: string, signal: AbortSignal | undefined): Promise<string | null> {
    const read = { ...manifestOf(repository, tag), expected: [404, 405] };
    const { answer: head } = await this.#client.read({ ...read, method: 'HEAD' }, signal);
    const told = head.headers['docker-content-digest'] ?? '';
    if (head.status < 300 && DIGEST.test(told)) return told;
    if (head.status !== 404) {
      const { answer } = await this.#client.read(read, signal);
      if (answer.status < 300) return digestOf(answer.body);
    }
    // Registries answer the same for a repository that does not exist; only its list of tags tells.
    const path = `/v2/${repository}/tags/list?n=1`;
    await this.#client.read({ method: 'GET', path, repository, what: `the tags of ${repository}` }, signal);
    return null;
  }

  /** What the image of that digest says of itself: two requests, three of an image for several platforms. */
  async configuration(
    repository: string,
    digest: string,
    signal: AbortSignal | undefined,
  ): Promise<Configuration> {
    const key = `${repository}@${digest}`;
    const known = this.#known.get(key) ?? this.#start(key, repository, digest);
    return unlessAborted(known, signal);
  }

  /** Somebody else may wait for it too: it ends by its deadlines, not when the first who asked goes away. */
  #start(key: string, repository: string, digest: string): Promise<Configuration> {
    const reading = this.#configuration(repository, digest);
    reading.catch(() => this.#known.delete(key));
    this.#known.set(key, reading);
    const [oldest] = this.#known.keys();
    if (this.#known.size > KEPT && oldest !== undefined) this.#known.delete(oldest);
    return reading;
  }

  async #configuration(repository: string, digest: string): Promise<Configuration> {
    const whole = await this.#manifest(repository, digest);
    const inner = platformDigest(whole);
    const found = inner === null ? whole : await this.#manifest(repository, inner);
    if (!('config' in found)) {
      throw new Failure(SYSTEM, 'unreadable', `The list of platforms ${digest} leads to no image.`);
    }
    const own = found.config.digest;
    const { answer, host } = await this.#client.read({
      method: 'GET',
      path: `/v2/${repository}/blobs/${own}`,
      repository,
      what: `the configuration of an image of ${repository}`,
      maxBytes: MAX_CONFIGURATION_BYTES,
    });
    return parseConfiguration(SYSTEM, host, answer.body, own);
  }

  async #manifest(repository: string, digest: string): Promise<Manifest> {
    const { answer, host } = await this.#client.read(manifestOf(repository, digest));
    if (digest.startsWith('sha256:') && digestOf(answer.body) !== digest) {
      throw new Failure(SYSTEM, 'unreadable', `${host} gave something else than the manifest ${digest}.`);
    }
    return parseManifest(SYSTEM, host, answer.body);
  }
}

function unlessAborted<T>(reading: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return reading;
  return new Promise((resolve, reject) => {
    const stop = () => {
      const why: unknown = signal.reason;
      reject(
        why instanceof Failure ? why : new Failure(SYSTEM, 'aborted', 'The registry was not waited for.'),
      );
    };
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    reading.then(resolve, reject).finally(() => signal.removeEventListener('abort', stop));
  });
}

function manifestOf(repository: string, reference: string): Read {
  return {
    method: 'GET',
    path: `/v2/${repository}/manifests/${reference}`,
    repository,
    what: `${repository}:${reference}`,
    accept: MANIFEST_FORMATS,
    maxBytes: MAX_MANIFEST_BYTES,
  };
}
