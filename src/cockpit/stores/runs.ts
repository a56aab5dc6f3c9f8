import type { ActionName, Outcome, Progress } from '../../actions/types.ts';

/** An action that was sent and is watched from here, whether or not its dialog is open. */
export interface Run {
  /** The intent's id. */
  readonly id: string;
  readonly title: string;
  readonly action: ActionName;
  readonly service: string | null;
  readonly environment: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** Where it is noted; null: nowhere. */
  readonly incident: string | null;
  readonly expectedMs: number | null;
  readonly progress: Progress | null;
  readonly outcome: Outcome | null;
}

/** Adds the run, or replaces the one with the same id. */
export function putRun(runs: readonly Run[], run: Run): readonly Run[] {
  return [...runs.filter(({ id }) => id !== run.id), run];
}

export function changeRun(
  runs: readonly Run[],
  id: string,
  change: Partial<Pick<Run, 'progress' | 'outcome'>>,
): readonly Run[] {
  return runs.map((run) => (run.id === id ? { ...run, ...change } : run));
}

/** Work on a stack takes minutes: it is watched in a dialog of its own. */
export function isLong(action: ActionName): boolean {
  return action === 'rollback' || action === 'cancel_update' || action === 'continue_rollback';
}

/** Long work that still goes on: worth a word in the header. */
export function underWay(runs: readonly Run[]): readonly Run[] {
  return runs.filter((run) => isLong(run.action) && run.outcome === null);
}

/** The version that a rollback which is done has left, to roll forward to again; null: there is none. */
export function forwardVersion({ action, outcome, from, service, environment }: Run): string | null {
  const done = action === 'rollback' && outcome?.state === 'confirmed';
  return done && service !== null && environment !== null ? from : null;
}
