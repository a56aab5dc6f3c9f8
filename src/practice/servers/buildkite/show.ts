import { shortName } from '../../world/history.ts';
import { type PracticeRun, runEnd, runState, stepEnd, stepStart } from '../../world/pipeline-run.ts';
import type { WorldState } from '../../world/state.ts';
import { pageOfBuild, person, showJobs, time, WEB, type Who } from './show-job.ts';

/** As `state=` filters know it; a build that is blocked keeps its last state, here `passed`. */
export type BuildState = 'scheduled' | 'running' | 'passed' | 'failed' | 'canceled' | 'blocked';

export function stateOf(run: PracticeRun): BuildState {
  const state = runState(run);
  switch (state) {
    case 'queued':
      return run.steps.some((step) => stepStart(step) !== null) ? 'running' : 'scheduled';
    case 'waiting':
      return 'blocked';
    case 'succeeded':
      return 'passed';
    case 'cancelled':
      return 'canceled';
    case 'failed':
    case 'running':
      return state;
  }
}

/** A build that is blocked is finished for the time being. */
export function finishedAt(run: PracticeRun): number | null {
  if (runState(run) !== 'waiting') return runEnd(run);
  return run.steps.reduce((last, step) => Math.max(last, stepEnd(step) ?? last), run.createdAt);
}

/** https://buildkite.com/docs/apis/rest-api/builds */
export function showBuild(state: WorldState, run: PracticeRun, origin: string): object {
  const who: Who = (name) => state.people.find(({ email }) => shortName(email) === name);
  const blocked = stateOf(run) === 'blocked';
  const isStarted = run.cause === 'started';
  const first = run.steps[0];
  return {
    id: run.id,
    url: `${origin}/v2/organizations/harbour/pipelines/${run.service}/builds/${run.number}`,
    web_url: pageOfBuild(run),
    number: run.number,
    state: blocked ? 'passed' : stateOf(run),
    cancel_reason: null,
    blocked,
    message: run.message,
    commit: run.commit,
    branch: run.branch,
    env: isStarted ? { IMAGE_TAG: run.version, DEPLOY_ENVIRONMENT: environmentOf(run) } : {},
    source: isStarted ? 'api' : 'webhook',
    creator: person(who(run.who)),
    jobs: showJobs(run, who),
    created_at: time(run.createdAt),
    scheduled_at: time(run.createdAt),
    started_at: time(first === undefined ? null : stepStart(first)),
    finished_at: time(finishedAt(run)),
    meta_data: metaDataOf(run),
    pull_request: null,
    rebuilt_from: null,
    pipeline: showPipeline(run.service, origin),
  };
}

/** The build step sets the version; whoever starts a build sets what it likes. */
export function metaDataOf({ version, intent }: PracticeRun): Record<string, string> {
  return { ...(version === null ? {} : { version }), ...(intent === null ? {} : { intent }) };
}

export function showPipeline(service: string, origin: string): object {
  const url = `${origin}/v2/organizations/harbour/pipelines/${service}`;
  return {
    id: `pipeline-${service}`,
    url,
    web_url: `${WEB}/${service}`,
    name: service,
    slug: service,
    repository: `git@github.harbour.example:harbour/${service}.git`,
    default_branch: 'main',
    builds_url: `${url}/builds`,
    configuration: CONFIGURATION,
  };
}

function environmentOf({ steps }: PracticeRun): string {
  const deploy = steps.find(({ kind }) => kind === 'deploy');
  return deploy?.kind === 'deploy' ? deploy.environment : '';
}

/** One for all services; a build that was started for one environment skips the other steps. */
const CONFIGURATION = `steps:
  - label: ":docker: Build and push"
    key: build
    command: bin/build
  - label: ":rocket: Deploy to test"
    key: deploy-test
    command: bin/deploy
  - block: ":rotating_light: Release to prod?"
    key: release-prod
    fields:
      - text: Why now
        key: reason
        required: false
  - label: ":rocket: Deploy to prod"
    key: deploy-prod
    command: bin/deploy
`;
