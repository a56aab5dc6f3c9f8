import { type Instant, rfc3339 } from '../model/instant.ts';
import type { Operation, PracticeRequest } from './servers/server.ts';

/** One request as `GET /requests` of the control endpoint tells it. */
export interface LoggedRequest {
  readonly n: number;
  readonly system: string;
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  readonly mutation: boolean;
  /** What a mutation carried, as text, cut off when very long; null: a read, or nothing. */
  readonly body: string | null;
  /** null: not answered (yet): hung, reset, or under way. */
  status: number | null;
  /** World time, RFC 3339. */
  readonly at: string;
}

const KEPT = 100_000;
const BODY_KEPT = 64 * 1024;

/** What every system was asked, in the order of arrival; the oldest are dropped after very many. */
export class RequestLog {
  readonly #requests: LoggedRequest[] = [];
  #count = 0;

  add(system: string, request: PracticeRequest, operation: Operation, at: Instant): LoggedRequest {
    const { method, path, body } = request;
    const { name, mutation } = operation;
    const logged: LoggedRequest = {
      n: ++this.#count,
      system,
      method,
      path,
      operation: name,
      mutation,
      body: mutation && body.length > 0 ? body.toString('utf8', 0, BODY_KEPT) : null,
      status: null,
      at: rfc3339(at),
    };
    this.#requests.push(logged);
    if (this.#requests.length > KEPT) this.#requests.splice(0, KEPT / 10);
    return logged;
  }

  all(): readonly LoggedRequest[] {
    return this.#requests;
  }
}
