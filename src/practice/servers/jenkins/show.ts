import { type PracticeRun, runEnd, runState } from '../../world/pipeline-run.ts';
import type { Instant, WorldState } from '../../world/state.ts';
import { ENVIRONMENTS, FOLDER, personOf, stagesOf, statusOf } from './jobs.ts';

export const INPUT_ID = 'Approve';
const RESULTS: Readonly<Record<string, string>> = {
  succeeded: 'SUCCESS',
  failed: 'FAILURE',
  cancelled: 'ABORTED',
};

/** Of every job; builds that came of a push leave them empty. */
const PARAMETERS = {
  VERSION: ({ cause, version }: PracticeRun) => (cause === 'started' ? (version ?? '') : ''),
  ENVIRONMENT: ({ cause, steps }: PracticeRun) => {
    const [step] = steps;
    return cause === 'started' && step?.kind === 'deploy' ? ENVIRONMENTS[step.environment] : '';
  },
  ONCALL_INTENT: ({ intent }: PracticeRun) => intent ?? '',
};

export function jobUrl(origin: string, service: string): string {
  return `${origin}/job/${FOLDER}/job/${service}/`;
}

/** `WorkflowJob` */
/** The folder with every job, which have no builds there. */
export function showFolder({ services }: WorldState, origin: string): object {
  const jobs = services.filter(({ pipeline }) => pipeline === 'jenkins');
  return {
    _class: 'com.cloudbees.hudson.plugins.folder.Folder',
    fullName: FOLDER,
    name: FOLDER,
    jobs: jobs.map(({ name }) => showJob(name, origin, [])),
  };
}

export function showJob(service: string, origin: string, builds: readonly object[]): object {
  return {
    _class: 'org.jenkinsci.plugins.workflow.job.WorkflowJob',
    fullName: `${FOLDER}/${service}`,
    name: service,
    url: jobUrl(origin, service),
    buildable: true,
    builds,
    property: [
      {},
      {
        _class: 'hudson.model.ParametersDefinitionProperty',
        parameterDefinitions: [
          { name: 'VERSION', type: 'StringParameterDefinition' },
          {
            name: 'ENVIRONMENT',
            type: 'ChoiceParameterDefinition',
            choices: ['', ...Object.values(ENVIRONMENTS)],
          },
          { name: 'ONCALL_INTENT', type: 'StringParameterDefinition' },
        ],
      },
    ],
  };
}

/** `WorkflowRun` */
export function showBuild(run: PracticeRun, state: WorldState, origin: string): object {
  const end = runEnd(run);
  return {
    _class: 'org.jenkinsci.plugins.workflow.job.WorkflowRun',
    actions: actionsOf(run, state),
    building: end === null,
    displayName:
      run.cause === 'push' && run.version !== null ? `#${run.number} ${run.version}` : `#${run.number}`,
    duration: end === null ? 0 : end - run.createdAt,
    id: String(run.number),
    number: run.number,
    result: RESULTS[runState(run)] ?? null,
    timestamp: run.createdAt,
    url: `${jobUrl(origin, run.service)}${run.number}/`,
  };
}

/** Whatever else there is has nothing of what is asked: `{}`. */
export function actionsOf(run: PracticeRun, state: WorldState): readonly object[] {
  const parameters = Object.entries(PARAMETERS).map(([name, value]) => ({
    _class: 'hudson.model.StringParameterValue',
    name,
    value: value(run),
  }));
  return [
    { _class: 'hudson.model.ParametersAction', parameters },
    { _class: 'hudson.model.CauseAction', causes: [causeOf(run, state)] },
    {},
  ];
}

function causeOf({ cause, who }: PracticeRun, state: WorldState): object {
  if (cause === 'push') {
    const shortDescription = `Started by GitHub push by ${who}`;
    return { _class: 'com.cloudbees.jenkins.GitHubPushCause', shortDescription };
  }
  const userName = personOf(state, who)?.name ?? who;
  const shortDescription = `Started by user ${userName}`;
  return { _class: 'hudson.model.Cause$UserIdCause', shortDescription, userId: who, userName };
}

/** `RunExt` of the plugin behind `wfapi`. */
export function showRun(run: PracticeRun, now: Instant): object {
  const self = `/job/${FOLDER}/job/${run.service}/${run.number}`;
  const state = runState(run);
  const end = runEnd(run) ?? now;
  const paused = { pendingInputActions: { href: `${self}/wfapi/pendingInputActions` } };
  return {
    _links: { self: { href: `${self}/wfapi/describe` }, ...(state === 'waiting' ? paused : {}) },
    id: String(run.number),
    name: `#${run.number}`,
    status: statusOf(state),
    startTimeMillis: run.createdAt,
    endTimeMillis: end,
    durationMillis: end - run.createdAt,
    queueDurationMillis: 0,
    pauseDurationMillis: 0,
    stages: stagesOf(run, now).map(({ id, name, status, startedAt, endedAt, pausedMs }) => ({
      _links: { self: { href: `${self}/execution/node/${id}/wfapi/describe` } },
      id,
      name,
      execNode: '',
      status,
      startTimeMillis: startedAt,
      durationMillis: endedAt - startedAt,
      pauseDurationMillis: pausedMs,
    })),
  };
}

/** `PendingInputActionsExt`: each input wants to know two things, and has answers of its own to them. */
export function showInput({ service, number }: PracticeRun): object {
  const self = `/job/${FOLDER}/job/${service}/${number}`;
  return {
    id: INPUT_ID,
    proceedText: 'Deploy',
    message: `Deploy to ${ENVIRONMENTS.prod}?`,
    inputs: [
      {
        type: 'ChoiceParameterDefinition',
        name: 'PACE',
        description: 'How many instances at a time',
        definition: { defaultVal: 'one by one', choices: ['one by one', 'all at once'] },
      },
      {
        type: 'BooleanParameterDefinition',
        name: 'ANNOUNCE',
        description: 'Tell the channel',
        definition: { defaultVal: true },
      },
    ],
    proceedUrl: `${self}/wfapi/inputSubmit?inputId=${INPUT_ID}`,
    abortUrl: `${self}/input/${INPUT_ID}/abort`,
    redirectApprovalUrl: `${self}/input/`,
  };
}
