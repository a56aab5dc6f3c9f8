import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ImageSource, imageContent } from '../../src/practice/world/image-content.ts';
import { freePort, startDaemon, until } from './programs.ts';

/** Who may use a registry that asks for a password; the other is its hash by bcrypt, the only one that it knows. */
export const LOGIN = { username: 'sam', password: 'a password of the test' };
const HTPASSWD = 'sam:$2y$05$lNlEzNRyjm7YpTIUEK/d4O.40xE/GnVf3.I2j67XWnvv49rgkyWg6';

export interface DockerRegistry {
  readonly url: string;
  /** Puts an image there under that tag; its digest, as the registry tells it. */
  push(repository: string, tag: string, own: Pushed): Promise<string>;
  /** Lets the tag name what another one names. */
  retag(repository: string, from: string, to: string): Promise<void>;
  stop(): Promise<void>;
}

export type Pushed = Pick<ImageSource, 'labels' | 'pushedAt' | 'platforms'>;

/** A real registry of its own in a folder of its own: Debian's docker-registry. */
export async function startDockerRegistry({
  asksForPassword,
}: {
  asksForPassword: boolean;
}): Promise<DockerRegistry> {
  const folder = await mkdtemp(join(tmpdir(), 'oncall-registry-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const auth = { htpasswd: { realm: 'Practice, and more', path: join(folder, 'htpasswd') } };
  const config = {
    version: 0.1,
    log: { level: 'error', accesslog: { disabled: true } },
    storage: { filesystem: { rootdirectory: join(folder, 'data') } },
    http: { addr: `127.0.0.1:${port}` },
    ...(asksForPassword ? { auth } : {}),
  };
  await writeFile(join(folder, 'htpasswd'), `${HTPASSWD}\n`);
  // JSON is YAML.
  await writeFile(join(folder, 'config.yml'), JSON.stringify(config));
  const daemon = startDaemon('/usr/bin/docker-registry', ['serve', join(folder, 'config.yml')]);
  const stop = async (): Promise<void> => {
    await daemon.stop();
    await rm(folder, { recursive: true, force: true });
  };
  const answers = () =>
    fetch(`${url}/v2/`).then(
      () => true,
      () => false,
    );
  try {
    await until('the registry answers', answers, { told: daemon.stderr });
  } catch (thrown) {
    await stop();
    throw thrown;
  }
  return {
    url,
    stop,
    async push(repository, tag, own) {
      const layer = Buffer.from(`the files of ${repository}:${tag}`);
      const source = { ...own, layer: digestOf(layer), bytes: layer.length };
      const { manifests, configs } = imageContent(source);
      await upload(`${url}/v2/${repository}`, layer);
      for (const text of configs.values()) await upload(`${url}/v2/${repository}`, Buffer.from(text));
      const [named, ...others] = manifests;
      for (const each of others) await putManifest(`${url}/v2/${repository}`, each.digest, each);
      if (named === undefined) throw new Error('an image without a manifest');
      return putManifest(`${url}/v2/${repository}`, tag, named);
    },
    async retag(repository, from, to) {
      const at = `${url}/v2/${repository}/manifests`;
      const mediaType = 'application/vnd.docker.distribution.manifest.v2+json';
      const answer = await fetch(`${at}/${from}`, { headers: { accept: mediaType, ...AS_SAM } });
      await putManifest(`${url}/v2/${repository}`, to, { mediaType, text: await answer.text() });
    },
  };
}

const AS_SAM = {
  authorization: `Basic ${Buffer.from(`${LOGIN.username}:${LOGIN.password}`).toString('base64')}`,
};

/** https://distribution.github.io/distribution/spec/api/#monolithic-upload */
async function upload(base: string, blob: Buffer): Promise<void> {
  const begun = await fetch(`${base}/blobs/uploads/`, { method: 'POST', headers: AS_SAM });
  const place = new URL(begun.headers.get('location') ?? '', base);
  place.searchParams.set('digest', digestOf(blob));
  const headers = { ...AS_SAM, 'content-type': 'application/octet-stream' };
  const done = await fetch(place, { method: 'PUT', headers, body: new Uint8Array(blob) });
  if (done.status !== 201) throw new Error(`a blob was not taken: ${done.status} ${await done.text()}`);
}

async function putManifest(
  base: string,
  reference: string,
  { mediaType, text }: { mediaType: string; text: string },
): Promise<string> {
  const headers = { ...AS_SAM, 'content-type': mediaType };
  const done = await fetch(`${base}/manifests/${reference}`, { method: 'PUT', headers, body: text });
  if (done.status !== 201) throw new Error(`a manifest was not taken: ${done.status} ${await done.text()}`);
  return done.headers.get('docker-content-digest') ?? '';
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
