import { onTestFinished } from 'vitest';
import type { Failure } from '../../../src/model/failure.ts';
import type { Board } from '../../../src/model/ports/board.ts';
import type { Notifier } from '../../../src/model/ports/notifier.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { leankitServer } from '../../../src/practice/servers/leankit/index.ts';
import type { PracticeServer } from '../../../src/practice/servers/server.ts';
import { type Practised, practise } from '../practised.ts';

export interface PractisedLeankit {
  readonly practised: Practised;
  readonly board: Board;
  readonly notifier: Notifier;
  /** Texts of the card's comments, as the server has them. */
  comments(card: string): Promise<readonly string[]>;
}

/** Leankit of the practice world, until the test ends. */
export async function practisedLeankit(
  server: PracticeServer = leankitServer(),
  settings: object = {},
): Promise<PractisedLeankit> {
  const { token } = SECRETS.leankit;
  const practised = await practise(server, { token, settings });
  onTestFinished(() => practised[Symbol.asyncDispose]());
  const [notifier] = await practised.systems.notifiers();
  if (notifier === undefined) throw new Error('no notifier');
  return {
    practised,
    board: await practised.systems.board(),
    notifier,
    async comments(card) {
      const url = `${practised.loaded.config.systems.leankit?.url}/io/card/${card}/comment`;
      const answer = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
      const { comments } = (await answer.json()) as { comments: { text: string }[] };
      return comments.map(({ text }) => text);
    },
  };
}

/** The server with its answers to that path rewritten: `body` is what it would have said. */
export function rewriting(path: string, rewrite: (body: Record<string, unknown>) => unknown): PracticeServer {
  const server = leankitServer();
  return {
    ...server,
    async handle(request, world) {
      const answer = await server.handle(request, world);
      if (request.path !== path) return answer;
      const body: Record<string, unknown> = JSON.parse(String(answer.body));
      return { ...answer, body: JSON.stringify(rewrite(body)) };
    },
  };
}

/** The server, which gives so few cards a page. */
export function inPagesOf(limit: number): PracticeServer {
  const server = leankitServer();
  return {
    ...server,
    handle(request, world) {
      const query = new URLSearchParams(request.query);
      query.set('limit', String(limit));
      return server.handle({ ...request, query }, world);
    },
  };
}

export function failureOf(promise: Promise<unknown>): Promise<Failure> {
  return promise.then(
    () => Promise.reject(new Error('it went well')),
    (failure: Failure) => failure,
  );
}
