import type { ActionName, IntentState, JournalIntent } from '../actions/types.ts';
import { rfc3339 } from '../model/instant.ts';
import type { Paint, Tone } from '../text/paint.ts';
import { tableLines } from '../text/table.ts';
import { dayAndClock } from '../text/time.ts';

/** A person's words for the states: what is not known to have ended stands out. */
const STATES: Readonly<Record<IntentState, readonly [word: string, tone: Tone]>> = {
  planned: ['planned', 'muted'],
  sending: ['unanswered', 'warn'],
  sent: ['under way', 'accent'],
  confirmed: ['done', 'good'],
  failed: ['failed', 'bad'],
  refused: ['refused', 'muted'],
  unknown: ['not known', 'warn'],
};

/** As the commands are called. */
const NAMES: Readonly<Record<ActionName, string>> = {
  acknowledge: 'ack',
  resolve: 'resolve',
  escalate: 'escalate',
  snooze: 'snooze',
  note: 'note',
  reroute: 'reroute',
  rollback: 'rollback',
  unblock_deploy: 'unblock',
  cancel_update: 'cancel',
  continue_rollback: 'continue',
  acknowledge_signal: 'ack signal',
  downtime_signal: 'downtime',
  assign_ticket: 'assign ticket',
};

/** Where there is room, who did it and how it ended stand in the line too. */
const ROOMY = 120;

/** `11-17 03:13  mwtmmv6b681m  done  rollback charge-central prod → 1.0.282`: a line an intent, at most `columns` wide (0: no terminal, nothing is cut). */
export function journalLines(
  intents: readonly JournalIntent[],
  columns: number,
  paint: Paint,
): readonly string[] {
  const roomy = columns === 0 || columns >= ROOMY;
  const rows = intents.map((intent) => {
    const [word, tone] = STATES[intent.state];
    const at = roomy ? dayAndClock(intent.at) : rfc3339(intent.at).slice(5, 16).replace('T', ' ');
    return [
      { text: at },
      { text: intent.id },
      { text: word, tone },
      { text: `${NAMES[intent.action]} ${what(intent)}` },
      ...(roomy ? [{ text: intent.who }, { text: intent.history.at(-1)?.text ?? '' }] : []),
    ];
  });
  const shape = roomy ? [{}, {}, {}, {}, {}, { gives: true }] : [{}, {}, {}, { gives: true }];
  return tableLines(shape, rows, columns, paint);
}

/** All that the journal has of one intent: what it was, by whom and from where, and every state it came into. */
export function intentLines(intent: JournalIntent, paint: Paint): readonly string[] {
  const { origin, host, incident, reason, token } = intent;
  const facts: readonly (readonly [string, string | null])[] = [
    [
      'by',
      `${intent.who}${host === null ? '' : ` on ${host}`}${origin === null ? '' : `, by SSH from ${origin}`}`,
    ],
    ['from', intent.from],
    ['to', intent.to],
    ['incident', incident],
    ['token', token],
    ['in spite of a freeze', reason],
  ];
  return [
    paint('strong', `${intent.id}: ${NAMES[intent.action]} ${what(intent)}`),
    ...facts.flatMap(([name, value]) => (value === null ? [] : [`  ${name}: ${value}`])),
    ...intent.history.map(({ state, at, text }) => {
      return `  ${rfc3339(at)}  ${paint(STATES[state][1], state)}${text === null ? '' : `  ${text}`}`;
    }),
  ];
}

function what({ action, service, environment, incident, to }: JournalIntent): string {
  // Of these, `to` says more than the word before it.
  const target =
    environment !== null || action === 'reroute' || action === 'escalate' || action === 'assign_ticket'
      ? to
      : null;
  const words = [
    service ?? incident ?? nameless(action),
    environment,
    target === null ? null : `→ ${target}`,
  ];
  return words.filter((word) => word !== null).join(' ');
}

/** Of what has neither a service nor one incident. */
function nameless(action: ActionName): string {
  if (action === 'assign_ticket') return 'a ticket';
  return action === 'acknowledge_signal' || action === 'downtime_signal' ? 'a signal' : 'several incidents';
}
