import { onTestFinished } from 'vitest';
import type { Deploy, WaitingStep } from '../../../src/model/deploy.ts';
import type { Failure } from '../../../src/model/failure.ts';
import type { Pipeline, Releases } from '../../../src/model/ports/index.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { buildkiteServer } from '../../../src/practice/servers/buildkite/index.ts';
import type { PracticeRequest, PracticeServer } from '../../../src/practice/servers/server.ts';
import { openPipeline } from '../../../src/systems/buildkite/pipeline.ts';
import { openTransport } from '../../../src/systems/http/open-transport.ts';
import { type Practised, practise } from '../practised.ts';

export interface PractisedBuildkite {
  readonly practised: Practised;
  readonly releases: Releases;
  /** Its clock is the world's. */
  readonly pipeline: Pipeline;
  deploys(service: string, environment?: string): Promise<readonly Deploy[]>;
  /** The step at which the newest build of that service waits. */
  waiting(service: string): Promise<WaitingStep>;
  count(operation: string): number;
}

/** Buildkite of the practice world, until the test ends. */
export async function practisedBuildkite(
  server: PracticeServer = buildkiteServer(),
  token: string = SECRETS.buildkite.token,
): Promise<PractisedBuildkite> {
  const practised = await practise(server, { token });
  const transport = openTransport();
  onTestFinished(async () => {
    await transport.close();
    await practised[Symbol.asyncDispose]();
  });
  const releases = await practised.systems.releases();
  const deploys = (service: string, environment = 'prod') =>
    releases.deploys(practised.service(service), environment, 20);
  return {
    practised,
    releases,
    pipeline: openPipeline({ loaded: practised.loaded, transport }, () => practised.world.now()),
    deploys,
    async waiting(service) {
      const found = (await deploys(service)).find(({ waiting }) => waiting !== null)?.waiting;
      if (found === undefined || found === null) throw new Error(`nothing of ${service} waits`);
      return found;
    },
    count: (operation) => practised.operations().filter((one) => one === operation).length,
  };
}

/** The server with its answers rewritten: `body` is what it would have said. */
export function rewriting(
  rewrite: (body: unknown, request: PracticeRequest) => unknown,
  headers: Record<string, string> = {},
): PracticeServer {
  const server = buildkiteServer();
  return {
    ...server,
    async handle(request, world) {
      const answer = await server.handle(request, world);
      if (answer.status !== 200) return answer;
      const body = JSON.stringify(rewrite(JSON.parse(String(answer.body)), request));
      return { ...answer, headers: { ...answer.headers, ...headers }, body };
    },
  };
}

/** The jobs of one build are told otherwise. */
export function withJobs(
  number: number,
  change: (job: Record<string, unknown>) => object,
  build: object = {},
): PracticeServer {
  return rewriting((body) =>
    Array.isArray(body)
      ? body.map((one) => (one.number === number ? { ...one, ...build, jobs: one.jobs.map(change) } : one))
      : body,
  );
}

export function failureOf(promise: Promise<unknown>): Promise<Failure> {
  return promise.then(
    () => Promise.reject(new Error('it went well')),
    (failure: Failure) => failure,
  );
}
