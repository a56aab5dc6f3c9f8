import type { PracticeRun } from '../../world/pipeline-run.ts';
import type { WorldState } from '../../world/state.ts';
import { FOLDER, isQueued } from './jobs.ts';
import { actionsOf, jobUrl } from './show.ts';

const FIRST_ID = 9_000;

/** Runs that stand in Jenkins's queue now. */
export function queued({ pipelineRuns }: WorldState): readonly PracticeRun[] {
  return pipelineRuns.filter((run) => run.system === 'jenkins' && isQueued(run));
}

export function itemId({ pipelineRuns }: WorldState, run: PracticeRun): number {
  return FIRST_ID + pipelineRuns.indexOf(run);
}

/** That was put in the queue with this id; null: there is none. */
export function runOfItem({ pipelineRuns }: WorldState, id: number): PracticeRun | null {
  const run = pipelineRuns[id - FIRST_ID];
  return run?.system === 'jenkins' && run.cause === 'started' ? run : null;
}

/** `Queue.WaitingItem`, or `Queue.LeftItem` once it is a build. */
export function showItem(run: PracticeRun, state: WorldState, origin: string): object {
  const waits = isQueued(run);
  const id = itemId(state, run);
  const url = jobUrl(origin, run.service);
  return {
    _class: `hudson.model.Queue$${waits ? 'WaitingItem' : 'LeftItem'}`,
    id,
    actions: actionsOf(run, state),
    blocked: false,
    buildable: false,
    inQueueSince: run.createdAt,
    stuck: false,
    task: { name: `${FOLDER}/${run.service}`, url },
    url: `queue/item/${id}/`,
    why: waits ? 'Waiting for next available executor' : null,
    ...(waits ? {} : { cancelled: false, executable: { number: run.number, url: `${url}${run.number}/` } }),
  };
}
