import { type Failure, toFailure } from '../model/failure.ts';
import type { Draft, Recheck } from './action.ts';
import { openReport, type Report } from './report.ts';
import type { EngineDeps, Run } from './run.ts';
import { settle } from './settle.ts';
import { tellBegun, tellEnded } from './tell/tell-others.ts';
import type { Outcome } from './types.ts';
import { within } from './within.ts';

/**
 * The one way in which anything is changed: read again → journal `sending` → send once → journal `sent` →
 * reconcile by reading → verify → tell. A time-out is never a failure, and nothing is ever sent twice.
 */
export async function carryOut(deps: EngineDeps, run: Run, draft: Draft): Promise<Outcome> {
  const claim = deps.locks.claim(draft.targets);
  if ('busy' in claim) {
    return refused(`${claim.busy} is being written to right now. Nothing was sent; look again in a moment.`);
  }
  try {
    const report = openReport(deps, run);
    if (!(await report.begin())) return refused(report.trouble());
    const early = await recheck(deps, run, draft, report);
    if (early !== null) return await finish(deps, report, early);
    if (!(await report.step('sending', 'Sending.')))
      return await finish(deps, report, refused(report.trouble()));
    const refusal = await sendOnce(deps, run, draft, report);
    if (refusal !== null) {
      return await finish(deps, report, await refusedBySystem(deps, run, draft, refusal));
    }
    // Once it shows, the remote system's own state keeps others out, and us.
    return await conclude(deps, run, report, claim.release);
  } finally {
    claim.release();
  }
}

/** Takes up an intent that was sent, or may have been: reads on to its end. */
export async function takeUp(deps: EngineDeps, run: Run): Promise<Outcome> {
  return conclude(deps, run, openReport(deps, run), () => undefined);
}

async function recheck(deps: EngineDeps, run: Run, draft: Draft, report: Report): Promise<Outcome | null> {
  if (isStopped(run)) return refused('Stopped before anything was sent.');
  report.tell('planned', 'Reading the state again.');
  let found: Recheck;
  try {
    found = await within(
      run.outlook.system,
      deps.context.limits.read,
      (signal) => draft.recheck(signal),
      run.signal,
    );
  } catch (thrown) {
    const failure = toFailure(run.outlook.system, thrown);
    return refused(`The state could not be read again (${failure.text}). Nothing was sent.`);
  }
  if (found.kind === 'already') return { state: 'confirmed', text: found.text };
  if (found.kind === 'moved')
    return refused(`${found.text} It moved since the plan: nothing was sent; plan anew.`);
  return isStopped(run) ? refused('Stopped before anything was sent.') : null;
}

function isStopped({ signal }: Run): boolean {
  return signal?.aborted === true;
}

/** null: it was sent, or may have been. A person's Ctrl-C does not reach into a send. */
async function sendOnce(deps: EngineDeps, run: Run, draft: Draft, report: Report): Promise<Failure | null> {
  try {
    await within(run.outlook.system, deps.context.limits.send, (signal) =>
      draft.send(run.intent.who, signal),
    );
  } catch (thrown) {
    const failure = toFailure(run.outlook.system, thrown);
    if (!failure.mayHaveHappened) return failure;
    report.tell('sending', `No clear answer (${failure.text}): reading whether it was applied.`);
    return null;
  }
  await report.step('sent', 'Sent: reading whether it was applied.');
  return null;
}

/** The system said no. What was wanted may be true all the same; if not, say what the refusal means. */
async function refusedBySystem(deps: EngineDeps, run: Run, draft: Draft, refusal: Failure): Promise<Outcome> {
  const { system } = run.outlook;
  try {
    const seen = await within(system, deps.context.limits.read, (signal) => run.outlook.look(signal));
    if (seen.kind === 'done') return { state: 'confirmed', text: seen.text };
    const meaning = await within(
      system,
      deps.context.limits.read,
      async (signal) => (await draft.explain?.(refusal, signal)) ?? null,
    );
    if (meaning !== null) return meaning;
  } catch {
    // The refusal itself is the answer; reading more about it is a courtesy.
  }
  if (refusal.code === 'forbidden') deps.denials.add(run.intent, refusal);
  return { state: 'failed', text: `Refused: ${refusal.text} Nothing was changed.` };
}

async function conclude(deps: EngineDeps, run: Run, report: Report, onSeen: () => void): Promise<Outcome> {
  let telling: Promise<void> = Promise.resolve();
  const ending = await settle(deps.context.limits, run, report, () => {
    onSeen();
    // Nobody waits for it, neither who watches nor who leaves.
    telling = tellBegun(deps, run).catch(() => undefined);
  });
  if (ending.open) {
    await deps.reread().catch(() => undefined);
    return ending.outcome;
  }
  await telling;
  return finish(deps, report, ending.outcome, () => tellEnded(deps, run, ending.outcome));
}

async function finish(
  deps: EngineDeps,
  report: Report,
  outcome: Outcome,
  tell?: () => Promise<string | null>,
): Promise<Outcome> {
  const kept = await report.step(outcome.state, outcome.text);
  const untold = (await tell?.().catch((thrown) => toFailure('pagerduty', thrown).text)) ?? null;
  await deps.reread().catch(() => undefined);
  const additions = [kept || outcome.state === 'refused' ? null : `(${report.trouble()})`, untold];
  const text = [outcome.text, ...additions.filter((addition) => addition !== null)].join(' ');
  return { state: outcome.state, text };
}

export function refused(text: string): Outcome {
  return { state: 'refused', text };
}
