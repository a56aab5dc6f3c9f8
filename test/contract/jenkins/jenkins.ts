import { onTestFinished } from 'vitest';
import type { LoadedConfig } from '../../../src/config/types.ts';
import type { Deploy, WaitingStep } from '../../../src/model/deploy.ts';
import type { Failure } from '../../../src/model/failure.ts';
import type { DeployOrder, Pipeline } from '../../../src/model/ports/index.ts';
import { SECRETS } from '../../../src/practice/secrets.ts';
import { jenkinsServer } from '../../../src/practice/servers/jenkins/index.ts';
import type { PracticeAnswer, PracticeRequest } from '../../../src/practice/servers/server.ts';
import { openSystems } from '../../../src/systems/index.ts';
import { type Practised, practise } from '../practised.ts';

export interface PractisedJenkins {
  readonly practised: Practised;
  readonly loaded: LoadedConfig;
  readonly pipeline: Pipeline;
  deploys(service: string, environment?: string, limit?: number): Promise<readonly Deploy[]>;
  /** The input that login waits at. */
  step(): Promise<WaitingStep>;
  /** Of an old version. */
  order(service: string): DeployOrder;
  /** Number that the next build of it gets. */
  next(service: string): number;
  /** Requests since it was opened. */
  operations(): readonly string[];
  count(operation: string): number;
}

/** What a request is answered with, given what Jenkins would say. */
export type Answers = (request: PracticeRequest, answer: PracticeAnswer) => PracticeAnswer;

/** A practised Jenkins whose answers each test may change. */
export interface JenkinsWorld extends AsyncDisposable {
  readonly practised: Practised;
  open(own?: Own): Promise<PractisedJenkins>;
}

interface Own {
  readonly answers?: Answers;
  readonly user?: { readonly username: string; readonly token: string };
}

export async function jenkinsWorld(): Promise<JenkinsWorld> {
  const server = jenkinsServer();
  let answers: Answers = asTheyAre;
  const practised = await practise(
    { ...server, handle: async (request, world) => answers(request, await server.handle(request, world)) },
    { token: SECRETS.jenkins.token },
  );
  return {
    practised,
    /** Adapters that know nothing so far. */
    async open(own = {}) {
      answers = own.answers ?? asTheyAre;
      const { username, token } = own.user ?? SECRETS.jenkins;
      process.env.ONCALL_TEST_TOKEN_JENKINS = token;
      return opened(practised, username);
    },
    [Symbol.asyncDispose]: () => practised[Symbol.asyncDispose](),
  };
}

async function opened(practised: Practised, username: string): Promise<PractisedJenkins> {
  const { config } = practised.loaded;
  const { jenkins } = config.systems;
  if (jenkins === undefined) throw new Error('no Jenkins');
  const systemsOf = { ...config.systems, jenkins: { ...jenkins, username } };
  const loaded = { ...practised.loaded, config: { ...config, systems: systemsOf } };
  const systems = openSystems(loaded);
  onTestFinished(() => systems.close());
  const releases = await systems.releases();
  const before = practised.operations().length;
  const deploys = (service: string, environment = 'prod', limit = 20) =>
    releases.deploys(practised.service(service), environment, limit);
  return {
    practised,
    loaded,
    pipeline: await systems.pipeline('jenkins'),
    deploys,
    async step() {
      const [newest] = await deploys('login', 'prod', 1);
      if (newest?.waiting == null) throw new Error('login waits for nobody');
      return newest.waiting;
    },
    order(service) {
      const { state } = practised.world;
      const past = state.deploys.filter((one) => one.service === service && one.environment === 'prod');
      const who = 'sam@harbour.example';
      return {
        service: practised.service(service),
        environment: 'prod',
        version: past[0]?.version ?? '',
        intent: `intent-${service}`,
        who,
        since: practised.world.now(),
      };
    },
    next: (service) =>
      1 +
      Math.max(
        ...practised.world.state.pipelineRuns
          .filter((run) => run.service === service)
          .map((run) => run.number),
      ),
    operations: () => practised.operations().slice(before),
    count: (operation) =>
      practised
        .operations()
        .slice(before)
        .filter((one) => one === operation).length,
  };
}

/** Its JSON at a path changed. */
export function rewriting(path: RegExp, rewrite: (body: never) => unknown): Answers {
  return (request, answer) =>
    path.test(request.path) && answer.status === 200
      ? { ...answer, body: JSON.stringify(rewrite(JSON.parse(String(answer.body)) as never)) }
      : answer;
}

const asTheyAre: Answers = (_request, answer) => answer;

export function failureOf(promise: Promise<unknown>): Promise<Failure> {
  return promise.then(
    () => Promise.reject(new Error('it went well')),
    (failure: Failure) => failure,
  );
}
