import { Failure } from '../../../model/failure.ts';
import type { Container } from '../../../model/fleet.ts';
import { containerOf, isId, parseAbout, parseContainer, parseImage } from '../decode.ts';
import type { EngineAbout } from '../way.ts';
import { sshFailure } from './failure.ts';
import { startSsh } from './process.ts';
import { commandArguments, type SshTarget } from './target.ts';

const MAX_BYTES = 16 * 1024 * 1024;
const SSH_FAILED = 255;
const NO_SUCH_COMMAND = 127;
/** `docker inspect` prints what it found and exits with 1 when one of the names is gone. */
const SOME_GONE = 1;

/** Reads containers with docker's own command line, one command after the other over the master's connection. */
export class DockerCommand {
  readonly #target: SshTarget;
  readonly #control: string;

  constructor(target: SshTarget, control: string) {
    this.#target = target;
    this.#control = control;
  }

  async containers(signal: AbortSignal): Promise<readonly Container[]> {
    // The word `json` alone is printed literally by older clients.
    const listed = await this.#run("docker ps -a --no-trunc --format '{{json .}}'", [0], signal);
    const ids = listed.split('\n').flatMap((line) => (line.trim() === '' ? [] : [idIn(line)]));
    if (ids.length === 0) return [];
    const inspected = await this.#inspect('container', ids, signal);
    const containers = inspected.map(parseContainer);
    const imageIds = [...new Set(containers.map(({ Image }) => Image).filter(isId))];
    const images = imageIds.length === 0 ? [] : await this.#inspect('image', imageIds, signal);
    const digests = new Map(images.map(parseImage).map(({ Id, RepoDigests }) => [Id, RepoDigests ?? null]));
    return containers.map((container) => containerOf(container, digests.get(container.Image) ?? null));
  }

  async about(signal: AbortSignal): Promise<EngineAbout> {
    return parseAbout(json(await this.#run("docker info --format '{{json .}}'", [0], signal)));
  }

  async #inspect(
    type: 'container' | 'image',
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<unknown[]> {
    const text = await this.#run(`docker inspect --type ${type} ${ids.join(' ')}`, [0, SOME_GONE], signal);
    const found = json(text);
    if (!Array.isArray(found)) throw unreadable();
    return found;
  }

  async #run(command: string, accepted: readonly number[], signal: AbortSignal): Promise<string> {
    signal.throwIfAborted();
    const chunks: Buffer[] = [];
    let size = 0;
    const ssh = startSsh(commandArguments(this.#target, this.#control, command), (chunk) => {
      size += chunk.length;
      if (size <= MAX_BYTES) chunks.push(chunk);
      else ssh.end();
    });
    signal.addEventListener('abort', ssh.end, { once: true });
    const exit = await ssh.ended;
    signal.removeEventListener('abort', ssh.end);
    signal.throwIfAborted();
    if (size > MAX_BYTES) throw new Failure('docker', 'too_large', 'The answer of Docker is too long.');
    if (exit !== null && accepted.includes(exit)) return Buffer.concat(chunks).toString('utf8');
    if (exit === SSH_FAILED || exit === null) throw sshFailure(this.#target.host, ssh.stderr());
    if (exit === NO_SUCH_COMMAND) {
      throw new Failure('docker', 'refused', `There is no docker command on ${this.#target.host}.`);
    }
    const told = ssh.stderr().trim().split('\n').at(-1) ?? '';
    const code = /permission denied/i.test(told)
      ? 'forbidden'
      : /cannot connect to the docker daemon/i.test(told)
        ? 'refused'
        : 'server_error';
    throw new Failure('docker', code, `docker on ${this.#target.host}: ${told}`);
  }
}

function idIn(line: string): string {
  const row = json(line);
  if (typeof row !== 'object' || row === null || !('ID' in row) || !isId(row.ID)) throw unreadable();
  return row.ID;
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw unreadable();
  }
}

function unreadable(): Failure {
  return new Failure('docker', 'unreadable', 'The answer is not what docker prints.');
}
