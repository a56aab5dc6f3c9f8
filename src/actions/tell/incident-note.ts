import { begunMark } from '../../insight/begun-note.ts';
import type { News } from '../../model/ports/notifier.ts';
import type { ActionContext } from '../action.ts';
import { marked, noteMark } from '../note.ts';

/** A note on the incident. PagerDuty has no idempotency key: the note carries the intent's id and is looked for first. */
export async function noteOnIncident(
  { systems }: ActionContext,
  { incident, stage, intent, text }: News,
  who: string,
  signal: AbortSignal,
): Promise<void> {
  if (incident === null) return;
  const pager = await systems.pager();
  const { notes } = await pager.incident(incident, signal);
  const mark = stage === 'begun' ? begunMark(intent) : noteMark(intent);
  if (notes.some((note) => note.text.includes(mark))) return;
  const content = stage === 'begun' ? text : marked(text, intent);
  await pager.change({ kind: 'note', id: incident, text: content }, who, signal);
}
