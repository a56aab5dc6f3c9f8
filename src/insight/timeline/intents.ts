import { type Instant, MINUTE } from '../../model/instant.ts';
import type { TimelineEvent, TimelineFacts, TimelineIntent } from './facts.ts';

/** Two clocks, and the way of a request. */
const APART_MS = 2 * MINUTE;

/** What the other sources cannot tell: how it ended seen from here, and what never got through. */
export function intentEvents(facts: TimelineFacts): readonly TimelineEvent[] {
  return facts.intents.flatMap((intent) => ofIntent(intent, facts));
}

function ofIntent(intent: TimelineIntent, facts: TimelineFacts): readonly TimelineEvent[] {
  const { who, action } = intent;
  const told = (at: Instant, state: string, text: string): TimelineEvent => ({
    at,
    kind: `${action}_${state}`,
    who,
    text,
    source: 'journal',
    url: null,
  });
  const events: TimelineEvent[] = [];
  const last = intent.history.at(-1);
  const sending = intent.history.find(({ state }) => state === 'sending');
  const elsewhere = intent.environment === null ? facts.log !== null : isTold(intent, facts);
  const ended = last !== undefined && !['planned', 'sending', 'sent'].includes(last.state);
  const lasting = intent.environment !== null || !ended;
  if (sending !== undefined && lasting && !elsewhere) {
    events.push(told(sending.at, 'sent', `${aim(intent)}: sent`));
  }
  // PagerDuty's own log has what got through to it.
  if (ended && !(last.state === 'confirmed' && elsewhere && intent.environment === null)) {
    events.push(told(last.at, last.state, last.text ?? `${aim(intent)}: ${last.state}`));
  }
  return events;
}

function isTold(
  { service, environment, to, token, history, at }: TimelineIntent,
  { deploys, updates }: TimelineFacts,
): boolean {
  if (token !== null && updates.some(({ events }) => events.some((event) => event.token === token)))
    return true;
  const end = history.at(-1)?.at ?? at;
  return deploys.some(
    (deploy) =>
      deploy.service === service &&
      deploy.environment === environment &&
      deploy.version === to &&
      deploy.startedAt >= at - APART_MS &&
      deploy.startedAt <= end + APART_MS,
  );
}

function aim({ action, service, environment, from, to }: TimelineIntent): string {
  const where = environment === null ? '' : ` in ${environment}`;
  const change = to === null ? '' : from === null ? ` to ${to}` : `: ${from} → ${to}`;
  return `${action.replaceAll('_', ' ')} ${service ?? ''}${where}${change}`.replaceAll('  ', ' ');
}
