import type { Deploy, DeployStatus } from '../../model/deploy.ts';
import type { Instant } from '../../model/instant.ts';
import type { PipelineRun } from '../../model/ports/index.ts';
import { ownText, type SafeText, safeText } from '../../model/safe-text.ts';
import { SYSTEM } from './failure.ts';
import { whoOf } from './reason.ts';
import type { WireResult } from './wire.ts';

/**
 * `lifeCycleState`: NOT_BUILT is one that was stopped or never got to run. Only a FINISHED one has a `deploymentState`
 * other than UNKNOWN.
 */
const QUEUED: readonly string[] = ['QUEUED', 'PENDING'];
const KNOWN: readonly string[] = [...QUEUED, 'IN_PROGRESS', 'NOT_BUILT', 'FINISHED'];

type RunState = PipelineRun['state'];

const STATUS_OF: Readonly<Record<RunState, DeployStatus>> = {
  queued: 'in_progress',
  running: 'in_progress',
  waiting: 'in_progress',
  succeeded: 'succeeded',
  failed: 'failed',
  cancelled: 'cancelled',
};

function stateOf({ lifeCycleState, deploymentState }: WireResult): RunState {
  if (QUEUED.includes(lifeCycleState)) return 'queued';
  if (lifeCycleState === 'NOT_BUILT') return 'cancelled';
  if (lifeCycleState !== 'FINISHED') return 'running';
  return deploymentState === 'SUCCESS' ? 'succeeded' : 'failed';
}

/** What this program does not know, as it stands; null: it knows all of it. */
function oddState({ lifeCycleState, deploymentState }: WireResult): SafeText | null {
  if (!KNOWN.includes(lifeCycleState)) return lifeCycleState;
  const clear = lifeCycleState !== 'FINISHED' || ['SUCCESS', 'FAILED'].includes(deploymentState);
  return clear ? null : deploymentState;
}

/** When an agent began with it; before that, when it was asked for. null: it tells no time at all. */
export function beginOf({ executedDate, startedDate, queuedDate }: WireResult): Instant | null {
  return executedDate ?? startedDate ?? queuedDate ?? null;
}

/** When somebody asked for it. */
export function askedAt({ startedDate, queuedDate, executedDate }: WireResult): Instant | null {
  return startedDate ?? queuedDate ?? executedDate ?? null;
}

/** The name of a release read backwards through the pattern; as it stands where that does not fit. */
export function versionOf({ deploymentVersionName: name }: WireResult, release: string): SafeText {
  const [before = '', after = ''] = release.split('{version}');
  const fits = name.startsWith(before) && name.endsWith(after) && name.length > before.length + after.length;
  return fits ? safeText(name.slice(before.length, name.length - after.length)) : name;
}

export function toDeploy(
  of: Pick<Deploy, 'service' | 'environment'>,
  result: WireResult,
  release: string,
  base: string,
): Deploy | null {
  const startedAt = beginOf(result);
  if (startedAt === null) return null;
  const odd = oddState(result);
  return {
    ...of,
    version: versionOf(result, release),
    status: STATUS_OF[stateOf(result)],
    startedAt,
    finishedAt: result.finishedDate ?? null,
    who: whoOf(result.reasonSummary),
    reference: odd === null ? safeText(`#${result.id}`) : safeText(`#${result.id} ${odd}`),
    source: SYSTEM,
    sources: [SYSTEM],
    url: pageOf(result, base),
    waiting: null,
  };
}

/** @param told whether Bamboo's answer to the start named this result; else it was found by version and time */
export function toRun(result: WireResult, told: boolean, base: string): PipelineRun {
  return {
    state: stateOf(result),
    at: oddState(result) ?? (told ? null : ownText('known by its version and time')),
    reference: safeText(`#${result.id}`),
    url: pageOf(result, base),
    waiting: null,
    output: [],
  };
}

function pageOf({ id }: WireResult, base: string): SafeText {
  return safeText(`${base}/deploy/viewDeploymentResult.action?deploymentResultId=${id}`);
}
