import { type Instant, rfc3339, SECOND } from '../../../model/instant.ts';
import type { PracticeDeploy, WorldState } from '../../world/state.ts';
import type { PracticeAnswer, PracticeRequest } from '../server.ts';
import { cut } from './page.ts';
import { GithubRefusal, json } from './reply.ts';
import { account, webOf } from './show.ts';

/** What GitHub calls our environments. */
export const ENVIRONMENTS: Readonly<Record<'prod' | 'test', string>> = {
  prod: 'production',
  test: 'staging',
};

/** The squad whose pipelines tell GitHub of their deploys. */
const SQUAD = 'messaging';
const A_PAGE = 30;
const FIRST_ID = 8_100_000;
/** It is created so long before an agent begins with it. */
const QUEUED_FOR = 20 * SECOND;

/** `GET /repos/{owner}/{repo}/deployments`, newest first: https://docs.github.com/en/rest/deployments/deployments */
export function deployments(state: WorldState, request: PracticeRequest, service: string): PracticeAnswer {
  const environment = request.query.get('environment');
  const asked = deploymentsOf(state, service).filter(
    ({ deploy }) => environment === null || ENVIRONMENTS[deploy.environment] === environment,
  );
  const page = cut(request, asked, A_PAGE);
  const shown = page.items.map(({ id, deploy }) => show(state, request, id, deploy));
  return json(shown, 200, page.headers);
}

/** `GET …/deployments/{deployment_id}/statuses`, newest first: https://docs.github.com/en/rest/deployments/statuses */
export function deploymentStatuses(
  state: WorldState,
  request: PracticeRequest,
  service: string,
  id: string,
): PracticeAnswer {
  const all = deploymentsOf(state, service);
  const at = all.findIndex((one) => String(one.id) === id);
  const { deploy } = all[at] ?? {};
  if (deploy === undefined) throw new GithubRefusal(404, 'Not Found');
  const later = all
    .slice(0, at)
    .findLast((one) => one.deploy.environment === deploy.environment && one.deploy.status === 'succeeded');
  const page = cut(request, statusesOf(deploy, later?.deploy ?? null).toReversed(), A_PAGE);
  const log = `${webOf(service)}/actions/runs/${FIRST_ID * 3 + deploy.build}`;
  const shown = page.items.map(({ state: told, at: when }, index) => ({
    id: Number(id) * 10 + index,
    state: told,
    creator: account(deploy.who),
    description: '',
    environment: ENVIRONMENTS[deploy.environment],
    target_url: told === 'inactive' ? '' : log,
    log_url: told === 'inactive' ? '' : log,
    environment_url: '',
    created_at: rfc3339(when),
    updated_at: rfc3339(when),
  }));
  return json(shown, 200, page.headers);
}

/** Newest first. */
function deploymentsOf(state: WorldState, service: string) {
  if (state.services.find(({ name }) => name === service)?.squad !== SQUAD) return [];
  return state.deploys
    .map((deploy, index) => ({ deploy, id: FIRST_ID + index }))
    .filter(({ deploy }) => deploy.service === service)
    .toSorted((one, other) => other.deploy.startedAt - one.deploy.startedAt);
}

interface Status {
  readonly state: string;
  readonly at: Instant;
}

/** Oldest first. */
function statusesOf(
  { startedAt, finishedAt, status }: PracticeDeploy,
  later: PracticeDeploy | null,
): Status[] {
  const begun = [
    { state: 'queued', at: startedAt - QUEUED_FOR },
    { state: 'in_progress', at: startedAt },
  ];
  if (finishedAt === null) return begun;
  const ended = status === 'succeeded' ? 'success' : status === 'failed' ? 'failure' : 'error';
  const replaced =
    later === null || status !== 'succeeded'
      ? []
      : [{ state: 'inactive', at: later.finishedAt ?? finishedAt }];
  return [...begun, { state: ended, at: finishedAt }, ...replaced];
}

/** What a workflow deploys from main it names in the payload; a tag speaks for itself. */
function show(state: WorldState, request: PracticeRequest, id: number, deploy: PracticeDeploy): object {
  const { service, environment, version, build, who, startedAt, finishedAt } = deploy;
  const sha = state.commits.findLast((one) => one.service === service && one.version === version)?.sha ?? '';
  const ofMain = build % 3 === 0;
  const url = `${request.origin}/api/v3/repos/harbour/${service}/deployments/${id}`;
  return {
    url,
    id,
    sha,
    ref: ofMain ? 'main' : `v${version}`,
    task: 'deploy',
    payload: ofMain ? { version } : '',
    original_environment: ENVIRONMENTS[environment],
    environment: ENVIRONMENTS[environment],
    description: null,
    creator: account(who),
    created_at: rfc3339(startedAt - QUEUED_FOR),
    updated_at: rfc3339(finishedAt ?? startedAt),
    statuses_url: `${url}/statuses`,
    transient_environment: false,
    production_environment: environment === 'prod',
  };
}
