import type { ActionName, ActionRequest, Consent, Outcome, Plan, Progress } from '../../actions/types.ts';
import { signalKey } from '../../insight/signals.ts';
import { type Cockpit, say } from '../cockpit.ts';
import { changeRun, isLong, putRun } from '../stores/runs.ts';
import type { Tone } from '../theme.ts';
import { close, open, top } from './dialogs.ts';
import { readRouted } from './routed.ts';

/** Shown on the row of an incident or a signal from the key until its state was read again. */
const PENDING: Partial<Record<ActionName, string>> = {
  acknowledge: 'acking…',
  resolve: 'resolving…',
  escalate: 'escalating…',
  snooze: 'snoozing…',
  reroute: 're-routing…',
  acknowledge_signal: 'acking…',
  downtime_signal: 'silencing…',
  assign_ticket: 'assigning…',
};

const TONES: Readonly<Record<Outcome['state'], Tone>> = {
  confirmed: 'good',
  failed: 'bad',
  refused: 'warn',
  unknown: 'warn',
};

/** Plans what a key asks for; what needs no confirmation is done at once, anything else shows its plan. */
export async function request(cockpit: Cockpit, wish: ActionRequest, title: string): Promise<void> {
  const light =
    (wish.action === 'acknowledge' && wish.incidents.length === 1) || wish.action === 'acknowledge_signal';
  const stop = new AbortController();
  if (light) setPending(cockpit, targetsOf(wish), PENDING[wish.action]);
  else open(cockpit, { kind: 'wait', title, abort: () => stop.abort() });
  let plan: Plan;
  try {
    plan = await cockpit.actions.plan(wish, stop.signal);
  } catch (error) {
    setPending(cockpit, targetsOf(wish), undefined);
    if (top(cockpit, 'wait') !== null && !stop.signal.aborted) close(cockpit);
    if (!stop.signal.aborted) say(cockpit, error instanceof Error ? error.message : String(error), 'bad');
    return;
  }
  if (stop.signal.aborted) return void cockpit.actions.discard(plan);
  if (!light) close(cockpit);
  const asks = plan.checks.some(({ result }) => result === 'warn' || result === 'block');
  if (plan.confirm.kind === 'none' && !asks) {
    await run(cockpit, plan, { accepted: [] });
    return;
  }
  setPending(cockpit, targetsOf(wish), undefined);
  open(cockpit, { kind: 'plan', plan, accepted: new Set(), typed: '', focus: 'word', scroll: 0 });
}

/** Shows that something is being read until it is; null: it was given up, or it failed and that was told. */
export async function waited<T>(
  cockpit: Cockpit,
  title: string,
  read: (signal: AbortSignal) => Promise<T>,
): Promise<T | null> {
  const stop = new AbortController();
  open(cockpit, { kind: 'wait', title, abort: () => stop.abort() });
  try {
    const found = await read(stop.signal);
    if (stop.signal.aborted) return null;
    close(cockpit);
    return found;
  } catch (error) {
    if (stop.signal.aborted) return null;
    if (top(cockpit, 'wait') !== null) close(cockpit);
    say(cockpit, error instanceof Error ? error.message : String(error), 'bad');
    return null;
  }
}

/** Sends the plan and follows it to its end; long work has a dialog of its own meanwhile. */
export async function run(cockpit: Cockpit, plan: Plan, consent: Consent): Promise<void> {
  const { request: wish, intent } = plan;
  const watched = isLong(wish.action);
  setPending(cockpit, targetsOf(wish), PENDING[wish.action]);
  cockpit.runs.update((runs) =>
    putRun(runs, {
      id: intent,
      title: plan.title,
      action: wish.action,
      service: plan.service,
      environment: plan.environment,
      from: plan.from,
      to: plan.to,
      incident: 'incident' in wish ? (wish.incident ?? null) : null,
      expectedMs: plan.expectedMs,
      progress: null,
      outcome: null,
    }),
  );
  if (watched) open(cockpit, { kind: 'progress', run: intent, scroll: 0 });
  else say(cockpit, `${plan.title}…`);
  const outcome = await settled(
    cockpit.actions.run(
      plan,
      consent,
      (progress) => follow(cockpit, intent, progress),
      cockpit.terminal.left,
    ),
  );
  finish(cockpit, intent, outcome, watched);
  if (wish.action === 'reroute' || wish.action === 'assign_ticket') void readRouted(cockpit);
  setPending(cockpit, targetsOf(wish), undefined);
}

/** One step of a run; each event of its stack is a reason to look at the groups again. */
export function follow(cockpit: Cockpit, intent: string, progress: Progress): void {
  const run = cockpit.runs.get().find(({ id }) => id === intent);
  cockpit.runs.update((runs) => changeRun(runs, intent, { progress }));
  const news = progress.events.length > (run?.progress?.events.length ?? 0);
  if (news && run?.service && run.environment) {
    void cockpit.watch.fleet(run.service, run.environment).refresh();
  }
}

/** The end of an action, told once: in its own dialog while that is looked at, else in the message line. */
export function finish(cockpit: Cockpit, intent: string, outcome: Outcome, watched: boolean): void {
  cockpit.runs.update((runs) => changeRun(runs, intent, { outcome }));
  const looking = top(cockpit, 'progress')?.run === intent;
  if (!watched || !looking) say(cockpit, outcome.text, TONES[outcome.state]);
}

/** An outcome whatever happens: what was thrown is not known to have failed. */
export function settled(outcome: Promise<Outcome>): Promise<Outcome> {
  return outcome.catch(
    (error: unknown): Outcome => ({
      state: 'unknown',
      text: `${error instanceof Error ? error.message : String(error)}; ^r reads what is true now`,
    }),
  );
}

function setPending(cockpit: Cockpit, ids: readonly string[], text: string | undefined): void {
  if (ids.length === 0) return;
  cockpit.view.update((view) => {
    const pending = new Map(view.pending);
    for (const id of ids) {
      if (text === undefined) pending.delete(id);
      else pending.set(id, text);
    }
    return { ...view, pending };
  });
}

function targetsOf(wish: ActionRequest): readonly string[] {
  switch (wish.action) {
    case 'acknowledge':
    case 'resolve':
    case 'reroute':
      return wish.incidents;
    case 'escalate':
    case 'snooze':
    case 'note':
      return [wish.incident];
    case 'acknowledge_signal':
    case 'downtime_signal':
    case 'assign_ticket':
      return [signalKey({ source: wish.system, id: wish.signal })];
    case 'rollback':
    case 'unblock_deploy':
    case 'cancel_update':
    case 'continue_rollback':
      return [];
  }
}
