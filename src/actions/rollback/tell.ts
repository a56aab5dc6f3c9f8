import { toFailure } from '../../model/failure.ts';
import type { ActionContext } from '../action.ts';
import type { Intent } from '../intent.ts';
import { isNoted, marked } from '../note.ts';
import type { ActionName, Outcome } from '../types.ts';
import { within } from '../within.ts';

/** Writes the end of a rollback, or of what was done to one, on its incident: once, looked for first. Answers what could not be told, or null. */
export async function noteOnIncident(
  context: ActionContext,
  intent: Intent,
  outcome: Outcome,
  signal: AbortSignal | undefined,
): Promise<string | null> {
  const { incident } = intent;
  if (incident === null) return null;
  const { read, send } = context.limits;
  try {
    const pager = await context.systems.pager();
    const there = await within(
      'pagerduty',
      read,
      (each) => isNoted(context, incident, intent.id, each),
      signal,
    );
    if (there) return null;
    const text = marked(sentence(intent, outcome), intent.id);
    await within('pagerduty', send, (each) =>
      pager.change({ kind: 'note', id: incident, text }, intent.who, each),
    );
    return `Noted on ${incident}.`;
  } catch (thrown) {
    return `The note on ${incident} may be missing (${toFailure('pagerduty', thrown).text}).`;
  }
}

const WORDS: Readonly<Partial<Record<ActionName, { readonly done: string; readonly tried: string }>>> = {
  rollback: { done: 'Rolled back', tried: 'Rolling back' },
  cancel_update: { done: 'Cancelled the update of', tried: 'Cancelling the update of' },
  continue_rollback: { done: 'Continued the rollback of', tried: 'Continuing the rollback of' },
};

function sentence(intent: Intent, { state, text }: Outcome): string {
  const words = WORDS[intent.action] ?? { done: 'Changed', tried: 'Changing' };
  const what = `${intent.service} in ${intent.environment} from ${intent.from} to ${intent.to}`;
  const spite = intent.reason === null ? '' : ` In spite of a freeze, because: ${intent.reason}.`;
  return state === 'confirmed'
    ? `${words.done} ${what}, by ${intent.who}.${spite} ${text}`
    : `${words.tried} ${what}, by ${intent.who}, failed.${spite} ${text}`;
}
