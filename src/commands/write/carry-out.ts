import { unacceptedWarnings } from '../../actions/consent.ts';
import {
  ActionError,
  type ActionRequest,
  type Actions,
  type Outcome,
  type Plan,
} from '../../actions/types.ts';
import { didYouMean } from '../../insight/nearest.ts';
import { Failure } from '../../model/failure.ts';
import { painter } from '../../text/paint.ts';
import { UsageError } from '../exit.ts';
import type { Context } from '../row.ts';
import { actionsOf } from './actions.ts';
import { ask, askYes, canAsk } from './ask.ts';
import { commandLine } from './command-line.ts';
import { warnOfEarlier } from './earlier.ts';
import { EXIT, FAILED, NOT_CONFIRMED, REFUSED } from './exit.ts';
import { planText } from './plan-text.ts';
import { progressPrinter } from './progress.ts';

export interface Write {
  readonly request: ActionRequest;
  /** The command without its yes: to print the line that gives it. */
  readonly words: (plan: Plan) => readonly string[];
  /** `--yes`: stands for a key, never for a word. */
  readonly yes: boolean;
  /** `--confirm`: the word, where the plan wants one typed. */
  readonly typed?: string;
  readonly accepted: readonly string[];
}

/** Plans, shows, asks, runs; answers the exit code. */
export async function carryOut(context: Context, write: Write): Promise<number> {
  const actions = await actionsOf(context);
  const disabled = actions.disabledReason(write.request.action);
  if (disabled !== null) {
    context.stderr.write(`oncall: ${disabled}\n`);
    return REFUSED;
  }
  const plan = await planned(context, actions, write.request);
  if (plan === null) return FAILED;
  let ran = false;
  try {
    await warnOfEarlier(context, actions, plan);
    const consent = await consentTo(context, plan, write);
    if (typeof consent === 'number') return consent;
    ran = true;
    const progress = progressPrinter(context.stderr);
    return finish(context, await actions.run(plan, consent, progress, context.stopSignal()));
  } finally {
    if (!ran) await actions.discard(plan);
  }
}

/** null: a system did not answer, which was said. */
export async function planned(
  context: Context,
  actions: Actions,
  request: ActionRequest,
): Promise<Plan | null> {
  try {
    return await actions.plan(request, context.stopSignal());
  } catch (thrown) {
    if (thrown instanceof ActionError) throw new UsageError(thrown.message);
    if (!(thrown instanceof Failure) || thrown.code === 'not_configured') throw thrown;
    context.stderr.write(`oncall: ${thrown.system}: ${thrown.text} Nothing was sent.\n`);
    return null;
  }
}

export function finish(context: Context, outcome: Outcome): number {
  const out = outcome.state === 'confirmed' ? context.stdout : context.stderr;
  out.write(`${outcome.state === 'confirmed' ? '' : `oncall: ${outcome.state}: `}${outcome.text}\n`);
  return EXIT[outcome.state];
}

/** The consent, or the exit code that its lack means. */
async function consentTo(
  context: Context,
  plan: Plan,
  write: Write,
): Promise<{ typed?: string; accepted: readonly string[] } | number> {
  const { stderr } = context;
  knownChecks(plan, write.accepted);
  const blocks = plan.checks.filter((check) => check.result === 'block');
  if (blocks.length > 0) {
    for (const check of blocks) stderr.write(`oncall: refused (${check.id}): ${check.text}\n`);
    return REFUSED;
  }
  if (plan.confirm.kind !== 'none') stderr.write(planText(plan, painter(stderr.color)));
  const accepted = [...write.accepted];
  for (const id of unacceptedWarnings(plan, { accepted })) {
    if (canAsk(context) && (await askYes(`Accept the warning ${id}?`))) accepted.push(id);
  }
  const open = unacceptedWarnings(plan, { accepted });
  if (open.length > 0) {
    const command = commandLine(context, plan, { ...write, accepted: [...accepted, ...open] });
    stderr.write(
      `oncall: refused: warnings not accepted: ${open.join(', ')}. To accept them:\n  ${command}\n`,
    );
    return REFUSED;
  }
  const { confirm } = plan;
  if (confirm.kind === 'key' && !write.yes) {
    if (canAsk(context) && (await askYes('Do it?'))) return { accepted };
    return notConfirmed(context, plan, { ...write, accepted });
  }
  if (confirm.kind === 'typed' && write.typed !== confirm.word) {
    const asked = write.typed === undefined && canAsk(context);
    const typed = asked ? await ask(`Type ${confirm.word} to do it: `) : (write.typed ?? null);
    if (typed !== confirm.word) return notConfirmed(context, plan, { ...write, accepted });
    return { accepted, typed };
  }
  return write.typed === undefined ? { accepted } : { accepted, typed: write.typed };
}

/** A mistyped name would be an acceptance of nothing. */
export function knownChecks(plan: Plan, accepted: readonly string[]): void {
  const known = plan.checks.map((check) => check.id);
  const wrong = accepted.find((id) => !known.includes(id));
  if (wrong === undefined) return;
  const hint = didYouMean(wrong, known) || ` Its checks: ${known.join(', ')}.`;
  throw new UsageError(`--accept: there is no check '${wrong}'.${hint} Nothing was sent`);
}

function notConfirmed(context: Context, plan: Plan, write: Write): number {
  const command = commandLine(context, plan, write);
  const { confirm } = plan;
  const why = confirm.kind === 'typed' ? unconfirmed(confirm.word, write) : 'not confirmed';
  context.stderr.write(`oncall: ${why}, nothing was sent. To do it:\n  ${command}\n`);
  return NOT_CONFIRMED;
}

function unconfirmed(word: string, { typed, yes }: Write): string {
  if (typed !== undefined) return `'${typed}' is not '${word}'`;
  return yes ? `--yes does not stand for the word '${word}'` : 'not confirmed';
}
