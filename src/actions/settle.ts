import { toFailure } from '../model/failure.ts';
import { MINUTE } from '../model/instant.ts';
import { type Limits, type Sight, sight } from './action.ts';
import type { Report } from './report.ts';
import type { Run } from './run.ts';
import type { Outcome } from './types.ts';
import { pause, within } from './within.ts';

export interface Ending {
  readonly outcome: Outcome;
  /** The work goes on, or nobody looked to its end: the journal stays open, so that it can be taken up again. */
  readonly open: boolean;
}

/**
 * Reads until it is known what became of an intent that was sent, or may have been.
 * @param onSeen called once, when it shows for the first time and is not at its end
 */
export async function settle(limits: Limits, run: Run, report: Report, onSeen: () => void): Promise<Ending> {
  const { outlook, intent, signal } = run;
  const began = performance.now();
  /** On the system's clock; a tool that was just started knows that from the first answer on. */
  let beganThere: number | null = null;
  let seen = false;
  for (;;) {
    if (signal?.aborted === true) return stopped(intent.id, seen);
    // Remote work goes by the remote clock, and a reading begun after the deadline decides. That clock may stand
    // still, or jump back: after as long by our own, it is over too.
    const lookedAt = beganThere === null ? 0 : report.elapsed() - beganThere;
    const now = await look(limits, run);
    if (now.answered) beganThere ??= report.elapsed();
    const over = (limit: number) => lookedAt > limit || performance.now() - began > limit;
    if (now.kind === 'done') return verified(run, report, now);
    if (now.kind === 'failed') {
      report.tell('sent', now.text, tells(now) ? now : undefined);
      return ended('failed', now.text);
    }
    if (!seen && now.kind === 'under_way') {
      seen = true;
      onSeen();
    }
    report.tell(seen ? 'sent' : 'sending', now.text, seen && tells(now) ? now : undefined);
    if (!seen && over(limits.trace)) return ended('unknown', noTrace(now.text, intent.id));
    if (seen && over(outlook.patienceMs)) {
      const minutes = Math.round(outlook.patienceMs / MINUTE);
      const text = `Still not at its end after ${minutes} min: ${now.text} It goes on without this tool. ${attachHint(intent.id)}`;
      return { outcome: { state: 'unknown', text }, open: true };
    }
    await pause(limits.pause, signal);
  }
}

async function look(limits: Limits, run: Run): Promise<Sight & { readonly answered: boolean }> {
  const { outlook, signal } = run;
  try {
    const seen = await within(outlook.system, limits.read, (deadline) => outlook.look(deadline), signal);
    return { ...seen, answered: true };
  } catch (thrown) {
    const why = toFailure(outlook.system, thrown).text;
    return { ...sight('none', `Cannot read now (${why}); trying again.`), answered: false };
  }
}

async function verified(run: Run, report: Report, done: Sight): Promise<Ending> {
  const { outlook, intent, signal } = run;
  if (outlook.verify === undefined) return ended('confirmed', done.text);
  report.tell('sent', done.text, done);
  const outcome = await outlook.verify((text) => report.tell('sent', text), signal);
  return signal?.aborted === true && outcome.state === 'unknown'
    ? stopped(intent.id, true)
    : { outcome, open: false };
}

function tells({ events, output }: Sight): boolean {
  return events.length > 0 || output.length > 0;
}

function ended(state: Outcome['state'], text: string): Ending {
  return { outcome: { state, text }, open: false };
}

function stopped(intent: string, seen: boolean): Ending {
  const text = seen
    ? `Stopped watching; what was begun goes on. ${attachHint(intent)}`
    : `Stopped before it was known whether it was applied. ${attachHint(intent)}`;
  return { outcome: { state: 'unknown', text }, open: true };
}

function noTrace(text: string, intent: string): string {
  return `It is not known whether this was applied: ${text} Nothing is sent again by itself: look, and if it is still wanted, do it once more. To read again: oncall attach ${intent}`;
}

function attachHint(intent: string): string {
  return `To follow it: oncall attach ${intent}`;
}
