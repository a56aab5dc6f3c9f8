import { type Agent, request } from 'node:http';
import { Failure } from '../../model/failure.ts';
import { networkFailure } from '../http/network-failure.ts';

/** What dockerode asks its modem to dial, as far as reading goes. */
interface DialOptions {
  readonly path: string;
  readonly method: string;
  readonly options?: unknown;
  readonly statusCodes: Readonly<Record<string, unknown>>;
}

type Dialled = (error: Error | null, answer: unknown) => void;

const MAX_BYTES = 16 * 1024 * 1024;

/**
 * dockerode's way to a unix socket, in place of docker-modem: that one lets `DOCKER_HOST` win over the socket it is
 * given, never answers when an answer is cut off, and reads without a limit. `signal` ends everything it dials.
 */
export class SocketModem {
  readonly #socketPath: string;
  readonly #agent: Agent;
  readonly #signal: AbortSignal;

  constructor(socketPath: string, agent: Agent, signal: AbortSignal) {
    this.#socketPath = socketPath;
    this.#agent = agent;
    this.#signal = signal;
  }

  dial({ path, method, options, statusCodes }: DialOptions, callback: Dialled): void {
    const fail = (error: unknown): void => callback(this.#failure(error), null);
    const call = request(
      {
        socketPath: this.#socketPath,
        agent: this.#agent,
        signal: this.#signal,
        path: withQuery(path, options),
        method,
        headers: { Host: 'docker' },
      },
      (answer) => {
        const chunks: Buffer[] = [];
        let size = 0;
        answer.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size <= MAX_BYTES) chunks.push(chunk);
          else answer.destroy(new Failure('docker', 'too_large', 'The answer of Docker is too long.'));
        });
        answer.on('error', fail);
        answer.on('end', () => {
          const text = Buffer.concat(chunks).toString('utf8');
          const status = answer.statusCode ?? 0;
          if (statusCodes[status] === true) callback(null, parsed(text));
          else callback(refusal(status, text), null);
        });
      },
    );
    call.on('error', fail);
    call.end();
  }

  #failure(error: unknown): Failure {
    if (this.#signal.aborted) {
      const late = this.#signal.reason instanceof DOMException && this.#signal.reason.name === 'TimeoutError';
      return late
        ? new Failure('docker', 'timeout', 'Docker did not answer in time.')
        : new Failure('docker', 'aborted', 'Reading the containers was given up.');
    }
    const failure = networkFailure('docker', this.#socketPath, error);
    if (failure.code !== 'refused') return failure;
    // Shown in narrow rows: what it means comes before the long path.
    const why = 'check whether its instance, or the way there, is down.';
    return new Failure('docker', 'refused', `Docker does not answer at ${this.#socketPath}: ${why}`);
  }
}

function withQuery(path: string, options: unknown): string {
  const query = new URLSearchParams();
  if (typeof options === 'object' && options !== null) {
    for (const [name, value] of Object.entries(options)) query.set(name, String(value));
  }
  const bare = path.replace(/\?$/, '');
  return query.size === 0 ? bare : `${bare}?${query}`;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Errors are `{"message"}`: https://docs.docker.com/reference/api/engine/#section/Errors */
function refusal(status: number, text: string): Failure {
  const body = parsed(text);
  const told =
    typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string'
      ? body.message
      : `HTTP ${status}`;
  const code =
    status === 404
      ? 'not_found'
      : status === 403
        ? 'forbidden'
        : status >= 500
          ? 'server_error'
          : status < 400
            ? 'unreadable'
            : 'invalid';
  return new Failure('docker', code, `Docker answers: ${told}`, { status });
}
