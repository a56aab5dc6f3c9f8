import type { ActionRequest, JournalIntent } from '../../src/actions/types.ts';
import { MINUTE } from '../../src/model/instant.ts';
import { findPolicy } from '../../src/practice/world/policies.ts';
import type { PracticeIncident, PracticeLogEntry, WorldState } from '../../src/practice/world/state.ts';
import type { Subject } from './subject.ts';

interface Span {
  readonly from: number;
  readonly to: number;
}

interface Standing {
  readonly status: 'triggered' | 'acknowledged' | 'resolved';
  /** Of the last re-routing, by the policy's name; null: none. */
  readonly policy: string | null;
}

/** Ends of snoozes that far apart are taken for the same by `src/actions/snooze.ts`. */
const SAME_SNOOZE_MS = 3 * MINUTE;

const LOGGED_AS = {
  acknowledge: 'acknowledge_log_entry',
  resolve: 'resolve_log_entry',
  escalate: 'escalate_log_entry',
  snooze: 'snooze_log_entry',
  reroute: 'delegate_log_entry',
} as const;

const STATUS_AFTER: Readonly<Record<string, Standing['status']>> = {
  acknowledge_log_entry: 'acknowledged',
  snooze_log_entry: 'acknowledged',
  resolve_log_entry: 'resolved',
  escalate_log_entry: 'triggered',
  delegate_log_entry: 'triggered',
  unacknowledge_log_entry: 'triggered',
};

/** What the practice world says of one intent, from its own state: not through any adapter. */
export class Truth {
  readonly #state: WorldState;
  readonly #subject: Subject;

  constructor(state: WorldState, subject: Subject) {
    this.#state = state;
    this.#subject = subject;
  }

  /** Whether what was wanted was so at some moment of that time. */
  was(request: ActionRequest, intent: JournalIntent, span: Span): boolean {
    switch (request.action) {
      case 'acknowledge':
        return this.#all(request.incidents, span, ({ status }) => status !== 'triggered');
      case 'resolve':
        return this.#all(request.incidents, span, ({ status }) => status === 'resolved');
      case 'reroute': {
        const squad = this.#state.squads.find(({ id }) => id === request.squad);
        const policy = findPolicy(this.#state, squad?.policyId ?? '');
        return this.#all(
          request.incidents,
          span,
          (standing, id) => standing.policy === policy?.name || this.#incident(id).policyId === policy?.id,
        );
      }
      case 'escalate':
        return this.#entries(request.incident, span).some(
          ({ type, summary }) => type === 'escalate_log_entry' && summary.endsWith(`(${intent.to})`),
        );
      case 'snooze':
        // One of a moment before that ends about when it was wanted to is the same to everybody.
        return this.#entries(request.incident, { ...span, from: span.from - SAME_SNOOZE_MS }).some(
          ({ type }) => type === LOGGED_AS.snooze,
        );
      default:
        return this.ended(request, intent) === 'done';
    }
  }

  /** Of what carries a handle of its own: how it ended; `none`: the world never heard of it. */
  ended(request: ActionRequest, intent: JournalIntent): 'done' | 'not done' | 'none' {
    if (request.action === 'note') return this.#isNoted(request.incident, intent.id) ? 'done' : 'none';
    const events = this.#eventsFrom(intent.token);
    if (events.length === 0) return 'none';
    if (request.action === 'rollback') {
      const deploy = this.#state.deploys.find(({ token }) => token === intent.token);
      return deploy?.status === 'succeeded' && deploy.version === intent.to ? 'done' : 'not done';
    }
    return events.some(
      ({ status, type }) => type.endsWith('::Stack') && status === 'UPDATE_ROLLBACK_COMPLETE',
    )
      ? 'done'
      : 'not done';
  }

  /** How often the incident shows that a person did it. */
  applied(action: keyof typeof LOGGED_AS, id: string): number {
    const log = this.#incident(id).log.filter(({ channel }) => channel === 'api');
    return log.filter(({ type }, index) => {
      // A snooze acknowledges what was triggered: that is no acknowledgement of its own.
      const isPart = type === LOGGED_AS.acknowledge && log[index + 1]?.type === LOGGED_AS.snooze;
      return type === LOGGED_AS[action] && !isPart;
    }).length;
  }

  #eventsFrom(token: string | null) {
    const stack = this.#state.stacks.find(
      (each) => each.service === this.#subject.service && each.environment === 'prod',
    );
    const events = stack?.events ?? [];
    const first = events.findIndex((event) => event.token === token);
    return token === null || first < 0 ? [] : events.slice(first);
  }

  #isNoted(id: string, intent: string): boolean {
    return this.#incident(id).notes.some(({ content }) => content.includes(`[oncall ${intent}]`));
  }

  #all(ids: readonly string[], span: Span, fits: (standing: Standing, id: string) => boolean): boolean {
    return ids.every((id) => standings(this.#incident(id), span).some((standing) => fits(standing, id)));
  }

  #entries(id: string, { from, to }: Span): readonly PracticeLogEntry[] {
    return this.#incident(id).log.filter(({ at }) => at >= from && at <= to);
  }

  #incident(id: string): PracticeIncident {
    const found = this.#state.incidents.find((each) => each.id === id);
    if (found === undefined) throw new Error(`the practice world lost incident ${id}`);
    return found;
  }
}

/** Every standing that the incident had in that time: the one it came with, and each that followed. */
function standings({ log }: PracticeIncident, { from, to }: Span): readonly Standing[] {
  let now: Standing = { status: 'triggered', policy: null };
  const during: Standing[] = [];
  for (const { type, summary, at } of log) {
    if (at > to) break;
    const policy = /^Reassigned to (.+) by /.exec(summary)?.[1] ?? now.policy;
    const next = { status: STATUS_AFTER[type] ?? now.status, policy };
    if (at >= from && during.length === 0) during.push(now);
    if (at >= from) during.push(next);
    now = next;
  }
  return during.length === 0 ? [now] : during;
}
