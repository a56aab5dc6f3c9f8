import { type Instant, rfc3339 } from '../model/instant.ts';
import type { Operation } from './servers/server.ts';

/** One request as `GET /requests` of the control endpoint tells it. */
export interface LoggedRequest {
  readonly n: number;
  readonly system: string;
  readonly method: string;
  readonly path: string;
  readonly operation: string;
  readonly mutation: boolean;
  /** null: not answered (yet): hung, reset, or under way. */
  status: number | null;
  /** World time, RFC 3339. */
  readonly at: string;
}

const KEPT = 100_000;

/** What every system was asked, in the order of arrival; the oldest are dropped after very many. */
export class RequestLog {
  readonly #requests: LoggedRequest[] = [];
  #count = 0;

  add(system: string, method: string, path: string, operation: Operation, at: Instant): LoggedRequest {
    const { name, mutation } = operation;
    const request: LoggedRequest = {
      n: ++this.#count,
      system,
      method,
      path,
      operation: name,
      mutation,
      status: null,
      at: rfc3339(at),
    };
    this.#requests.push(request);
    if (this.#requests.length > KEPT) this.#requests.splice(0, KEPT / 10);
    return request;
  }

  all(): readonly LoggedRequest[] {
    return this.#requests;
  }
}
