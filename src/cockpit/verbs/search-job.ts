import { toFailure } from '../../model/failure.ts';
import type { CheckedSearch, LogJob } from '../../model/ports/index.ts';
import { type Cockpit, say } from '../cockpit.ts';
import { hold } from '../shown-lines.ts';
import type { HeldLog } from '../stores/logs-view.ts';
import {
  begunSearch,
  failedSearch,
  type HeldSearch,
  type SearchRange,
  steppedSearch,
} from '../stores/search.ts';
import { toggleFollow } from './logs.ts';

/** Runs the search in the log pane, for as long as it is shown there. */
export function startSearch(cockpit: Cockpit, search: CheckedSearch, text: string, range: SearchRange): void {
  const id = (cockpit.runningSearch.get()?.id ?? 0) + 1;
  hold(cockpit, begunSearch(id, text, range));
  cockpit.view.update((view) => ({
    ...view,
    focus: 'logs',
    logs: { ...view.logs, show: search.transforms ? 'table' : 'lines' },
  }));
  const ended = followed(cockpit, id, search, range);
  cockpit.runningSearch.set({ id, job: null, ended });
}

/** Follows it to its end; where the pane shows something else, or the cockpit is left, it is cancelled. */
async function followed(
  cockpit: Cockpit,
  id: number,
  search: CheckedSearch,
  range: SearchRange,
): Promise<void> {
  const gone = new AbortController();
  const leave = cockpit.view.subscribe(() => {
    if (cockpit.view.get().logs.held?.search?.id !== id) gone.abort();
  });
  const signal = AbortSignal.any([gone.signal, cockpit.terminal.left]);
  try {
    const job = await (await cockpit.logJobs()).begin(search, range.time, signal);
    cockpit.runningSearch.update((running) => (running?.id === id ? { ...running, job } : running));
    for await (const step of job.steps(signal)) {
      change(cockpit, id, (held, shown) => steppedSearch(held, shown, step));
    }
  } catch (thrown) {
    if (signal.aborted) return;
    const failure = toFailure('oncall', thrown);
    change(cockpit, id, (held, shown) => failedSearch(held, shown, failure));
    say(cockpit, failure.message, 'bad');
  } finally {
    leave();
  }
}

function change(cockpit: Cockpit, id: number, changed: (held: HeldLog, search: HeldSearch) => HeldLog): void {
  cockpit.view.update((view) => {
    const { held } = view.logs;
    if (held?.search?.id !== id) return view;
    return { ...view, logs: { ...view.logs, held: changed(held, held.search) } };
  });
}

/** Why nothing of a search can be changed now; null: it goes on. */
export function needsRunning({ view }: Cockpit): string | null {
  const state = view.get().logs.held?.search?.state;
  return state === 'ended' || state === 'failed' ? 'This search has ended; i writes another one' : null;
}

/** Ends it; what it has found stays. */
export function endSearch(cockpit: Cockpit): void {
  void control(cockpit, 'Ending the search…', (job) => job.finish());
}

/** Lets it rest, or go on; what has ended is paused as any lines are. */
export function restSearch(cockpit: Cockpit): void {
  const state = cockpit.view.get().logs.held?.search?.state;
  if (state === 'paused') void control(cockpit, 'The search goes on', (job) => job.resume());
  else if (state === 'running' || state === 'queued') {
    void control(cockpit, 'The search rests; Space lets it go on', (job) => job.pause());
  } else toggleFollow(cockpit);
}

async function control(cockpit: Cockpit, said: string, act: (job: LogJob) => Promise<void>): Promise<void> {
  const job = cockpit.runningSearch.get()?.job ?? null;
  if (job === null) return say(cockpit, 'The search has not begun yet', 'warn');
  say(cockpit, said);
  try {
    await act(job);
  } catch (thrown) {
    say(cockpit, toFailure('oncall', thrown).message, 'bad');
  }
}
