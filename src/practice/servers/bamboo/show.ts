import { shortName } from '../../world/history.ts';
import type { WorldState } from '../../world/state.ts';
import {
  ENVIRONMENTS,
  type EnvironmentName,
  type PracticeProject,
  type PracticeRelease,
  type PracticeResult,
  projectName,
} from './projects.ts';

const OPERATIONS = { canView: true, canEdit: false, canExecute: true, allowedToExecute: true };
/** How releases are named there. */
export const RELEASE = 'release-{version}';

export function releaseName(version: string): string {
  return RELEASE.replace('{version}', version);
}

export function showProject({ id, service, environments }: PracticeProject): object {
  return {
    id,
    key: { key: String(id) },
    name: projectName(service),
    planKey: { key: planOf(service.name) },
    description: '',
    environments: (['test', 'prod'] as const).map((name, position) =>
      showEnvironment(id, environments[name], name, position),
    ),
    operations: OPERATIONS,
  };
}

function showEnvironment(project: number, id: number, name: EnvironmentName, position: number): object {
  return {
    id,
    key: { key: `${project}-${id}` },
    name: ENVIRONMENTS[name],
    description: '',
    deploymentProjectId: project,
    operations: OPERATIONS,
    position,
    configurationState: 'TASKED',
  };
}

export function showRelease({ id, version, who, createdAt }: PracticeRelease): object {
  return { id, name: releaseName(version), creationDate: createdAt, creatorUserName: who, items: [] };
}

/** What has not come yet is left out. */
export function showResult(state: WorldState, project: PracticeProject, result: PracticeResult): object {
  const { id, run, environment, lifeCycleState, deploymentState, startedAt, executedAt, finishedAt } = result;
  const entity = `${project.id}-${project.environments[environment]}`;
  return {
    id,
    deploymentVersionName: releaseName(run.version ?? ''),
    deploymentState,
    lifeCycleState,
    startedDate: startedAt,
    queuedDate: startedAt + 200,
    ...(executedAt === null ? {} : { executedDate: executedAt }),
    ...(finishedAt === null ? {} : { finishedDate: finishedAt }),
    reasonSummary: reasonOf(state, result),
    key: { key: `${entity}-${id}`, entityKey: { key: entity }, resultNumber: id },
    operations: OPERATIONS,
  };
}

/** A build that is through deploys to test; to production somebody does. */
function reasonOf({ people }: WorldState, { run, environment }: PracticeResult): string {
  if (run.cause === 'push' && environment === 'test') {
    const build = `${planOf(run.service)}-${run.number}`;
    return `Child of <a href="https://bamboo.harbour.example/browse/${build}">${build}</a>`;
  }
  const person = people.find(({ email }) => shortName(email) === run.who);
  const name = (person?.name ?? run.who).replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  return `Manual run by <a href="https://bamboo.harbour.example/browse/user/${run.who}">${name}</a>`;
}

function planOf(service: string): string {
  return `STORE-${service.replaceAll('-', '').toUpperCase()}`;
}
