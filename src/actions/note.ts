import { safeText } from '../model/safe-text.ts';
import { type Action, type ActionContext, sight } from './action.ts';
import { naming, PAGER_PATIENCE_MS, pagerDraft, readIncident } from './incidents.ts';
import { TAKE_BACK } from './take-back.ts';
import { ActionError, type ActionRequest } from './types.ts';

type NoteRequest = Extract<ActionRequest, { action: 'note' }>;

/** Writes a note on an incident. PagerDuty has no idempotency key, so the note itself carries the intent's id. */
export const note: Action<NoteRequest> = {
  async draft(context, request, { intent, signal }) {
    if (request.text.trim() === '') throw new ActionError('An empty note says nothing: give it a text.');
    const incident = await readIncident(context, request.incident, signal);
    return pagerDraft([incident], {
      title: `Note on ${naming(incident)}`,
      lines: [safeText(request.text), TAKE_BACK.note],
      checks: [],
      confirm: { kind: 'none' },
      facts: [incident.id, request.text],
      from: null,
      to: null,
      changes: [],
      async recheck(deadline) {
        return (await isNoted(context, request.incident, intent, deadline))
          ? { kind: 'already', text: 'The note is there already. Nothing sent.' }
          : { kind: 'same' };
      },
      async send(from, deadline) {
        const text = marked(request.text, intent);
        await (await context.systems.pager()).change(
          { kind: 'note', id: request.incident, text },
          from,
          deadline,
        );
      },
    });
  },
  outlook: (context, intent, request) => ({
    system: 'pagerduty',
    patienceMs: PAGER_PATIENCE_MS,
    async look(signal) {
      const { incident, notes } = await (await context.systems.pager()).incident(request.incident, signal);
      const name = incident.service ?? incident.pagerService.name;
      return notes.some((each) => each.text.includes(noteMark(intent.id)))
        ? sight('done', `Noted on ${name}.`)
        : sight('none', `The note is not on ${name} yet.`);
    },
  }),
};

/** A note's text with the id that it is found again by. */
export function marked(text: string, intent: string): string {
  return `${text} ${noteMark(intent)}`;
}

async function isNoted(
  { systems }: ActionContext,
  incident: string,
  intent: string,
  signal?: AbortSignal,
): Promise<boolean> {
  const { notes } = await (await systems.pager()).incident(incident, signal);
  return notes.some((each) => each.text.includes(noteMark(intent)));
}

/** What a note is found again by. */
export function noteMark(intent: string): string {
  return `[oncall ${intent}]`;
}
