import { MINUTE, SECOND } from '../../model/instant.ts';
import type { ServiceHistory } from './history.ts';
import type { PracticeRun, PracticeStep } from './pipeline-run.ts';
import { uuid } from './stack-events.ts';
import type { PracticeCommit, PracticeDeploy, PracticeService } from './state.ts';
import type { Random } from './world.ts';

/** A build takes so long, and somebody lets it go on so long before the deploy begins. */
const BUILD_TAKES = 4 * MINUTE;
const CLICK_BEFORE_DEPLOY = 4 * SECOND;
const BRANCHES = ['tidy-up', 'faster-specs', 'retry-later', 'new-copy'];

/**
 * Runs that the deploys of a service came from, with their numbers; a number that no deploy carries was a branch's,
 * which is built only.
 */
export function pastRuns(
  service: PracticeService,
  { deploys, images }: ServiceHistory,
  commits: readonly PracticeCommit[],
  random: Random,
): PracticeRun[] {
  const byBuild = new Map<number, PracticeDeploy[]>();
  for (const deploy of deploys) byBuild.set(deploy.build, [...(byBuild.get(deploy.build) ?? []), deploy]);
  const runs: PracticeRun[] = [];
  for (const [number, own] of [...byBuild].sort(([one], [other]) => one - other)) {
    const [first] = own.toSorted((one, other) => one.startedAt - other.startedAt);
    if (first === undefined) continue;
    const { version, who } = first;
    const built = images.find(({ tag }) => tag === version)?.pushedAt ?? first.startedAt - 10 * MINUTE;
    const before = runs.at(-1);
    for (let missing = (before?.number ?? number) + 1; missing < number; missing++) {
      const createdAt = built - (number - missing) * 35 * MINUTE;
      runs.push(branchBuild(service, missing, createdAt, random));
    }
    const commit = commits.findLast((one) => one.service === service.name && one.version === version);
    runs.push({
      id: uuid(random),
      service: service.name,
      system: service.pipeline,
      number,
      cause: 'push',
      version,
      branch: 'main',
      commit: commit?.sha ?? random.hex(40),
      message: commit?.message ?? `Release ${version}`,
      who,
      createdAt: built - BUILD_TAKES - 20 * SECOND,
      intent: null,
      steps: [
        buildStep(built, true, random),
        ...stepsOf(
          own.find(({ environment }) => environment === 'test'),
          own.find(({ environment }) => environment === 'prod'),
          random,
        ),
      ],
    });
  }
  return runs;
}

/** Of what was put into test before anybody remembers, only the rest is told. */
function stepsOf(
  test: PracticeDeploy | undefined,
  prod: PracticeDeploy | undefined,
  random: Random,
): readonly PracticeStep[] {
  const deploy = (environment: 'prod' | 'test', done: PracticeDeploy | null): PracticeStep => {
    return { kind: 'deploy', id: uuid(random), environment, deploy: done, refused: null };
  };
  const asked = (prod?.startedAt ?? 0) - CLICK_BEFORE_DEPLOY;
  return [
    ...(test === undefined ? [] : [deploy('test', test)]),
    {
      kind: 'block',
      id: uuid(random),
      environment: 'prod',
      since: test?.finishedAt ?? asked - 10 * MINUTE,
      unblocked: prod === undefined ? null : { at: asked, who: prod.who },
    },
    deploy('prod', prod ?? null),
  ];
}

function branchBuild(
  service: PracticeService,
  number: number,
  createdAt: number,
  random: Random,
): PracticeRun {
  const branch = random.pick(BRANCHES);
  return {
    id: uuid(random),
    service: service.name,
    system: service.pipeline,
    number,
    cause: 'push',
    version: null,
    branch,
    commit: random.hex(40),
    message: `Try ${branch.replaceAll('-', ' ')}`,
    who: 'kofi',
    createdAt,
    intent: null,
    steps: [buildStep(createdAt + BUILD_TAKES + 20 * SECOND, random.next() < 0.7, random)],
  };
}

function buildStep(finishedAt: number, passed: boolean, random: Random): PracticeStep {
  return { kind: 'build', id: uuid(random), startedAt: finishedAt - BUILD_TAKES, finishedAt, passed };
}
