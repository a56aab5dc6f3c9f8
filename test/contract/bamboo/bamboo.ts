import { onTestFinished } from 'vitest';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { bambooServer } from '../../../src/practice/servers/bamboo/index.ts';
import type { PracticeServer } from '../../../src/practice/servers/server.ts';
import { type Practised, practise } from '../practised.ts';

export const RESULTS = 'GET /deploy/environment/{id}/results';
export const VERSIONS = 'GET /deploy/project/{id}/versions';
export const QUEUE = 'POST /queue/deployment';

/** Bamboo of the practice world, until the test ends. */
export async function practisedBamboo(server: PracticeServer = bambooServer()): Promise<Practised> {
  const practised = await practise(server, { token: SECRETS.bamboo.token });
  onTestFinished(() => practised[Symbol.asyncDispose]());
  return practised;
}

interface Rewriting {
  readonly query?: (query: URLSearchParams) => void;
  readonly body?: (body: Record<string, unknown>, path: string) => unknown;
}

/** The server with what it is asked, and what it says, rewritten. */
export function rewritten({ query, body }: Rewriting): PracticeServer {
  const server = bambooServer();
  return {
    ...server,
    async handle(request, world) {
      query?.(request.query);
      const answer = await server.handle(request, world);
      if (body === undefined) return answer;
      const said: Record<string, unknown> = JSON.parse(String(answer.body));
      return { ...answer, body: JSON.stringify(body(said, request.path)) };
    },
  };
}

/** What the world knows of deploys of a service in production, newest first. */
export function truth({ world }: Practised, service: string) {
  return world.state.deploys
    .filter((one) => one.service === service && one.environment === 'prod')
    .toSorted((one, other) => other.startedAt - one.startedAt);
}
