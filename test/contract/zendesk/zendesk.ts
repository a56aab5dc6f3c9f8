import { onTestFinished } from 'vitest';
import type { Failure } from '../../../src/model/failure.ts';
import type { Monitors } from '../../../src/model/ports/monitors.ts';
import type { Signal } from '../../../src/model/signal.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import type { PracticeServer } from '../../../src/practice/servers/server.ts';
import { zendeskServer } from '../../../src/practice/servers/zendesk/index.ts';
import { type Practised, practise } from '../practised.ts';

export interface PractisedZendesk {
  readonly practised: Practised;
  readonly tickets: Monitors;
  /** Of charge-central, by a word of its subject. */
  ticket(word: string): Promise<Signal>;
  count(operation: string): number;
}

/** Zendesk of the practice world, until the test ends. */
export async function practisedZendesk(
  server: PracticeServer = zendeskServer(),
  settings: object = {},
): Promise<PractisedZendesk> {
  const practised = await practise(server, { token: SECRETS.zendesk.token, settings });
  onTestFinished(() => practised[Symbol.asyncDispose]());
  const [tickets] = await practised.systems.monitors();
  if (tickets === undefined) throw new Error('no monitors');
  return {
    practised,
    tickets,
    async ticket(word) {
      const found = (await tickets.signals('prod')).find(({ title }) => title.includes(word));
      if (found === undefined) throw new Error(`no ticket of ${word}`);
      return found;
    },
    count: (operation) => practised.operations().filter((one) => one === operation).length,
  };
}

/** The server with its answers rewritten: `body` is what it would have said. */
export function rewriting(
  rewrite: (body: Record<string, unknown>, query: URLSearchParams) => unknown,
): PracticeServer {
  const server = zendeskServer();
  return {
    ...server,
    async handle(request, world) {
      const answer = await server.handle(request, world);
      const body: Record<string, unknown> = JSON.parse(String(answer.body));
      return { ...answer, body: JSON.stringify(rewrite(body, request.query)) };
    },
  };
}

export function failureOf(promise: Promise<unknown>): Promise<Failure> {
  return promise.then(
    () => Promise.reject(new Error('it went well')),
    (failure: Failure) => failure,
  );
}
