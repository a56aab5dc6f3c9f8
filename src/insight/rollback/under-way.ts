import type { Deploy } from '../../model/deploy.ts';
import { hourAndMinute } from '../../model/instant.ts';
import type { SignalCount, StackEvent } from '../../model/stack.ts';
import type { Begun } from '../begun-note.ts';
import { whoseToken } from '../token.ts';
import type { RollbackFacts } from './facts.ts';

/** What is known of an update that is under way beside its events. */
export interface FirstResponder {
  /** As the note on the incident tells it; null: nobody noted it, or it could not be read. */
  readonly begun: Begun | null;
  /** Of the new group's instances; null: none are awaited, or it cannot be told. */
  readonly signals: SignalCount | null;
}

export type UnderWayFacts = Pick<RollbackFacts, 'latest' | 'deploys' | 'environment' | 'stack' | 'first'>;

/**
 * Who began the update that is under way, from where, since when, and how far it is: from the stack's events, which
 * carry the token, and the incident's note. The lock is the stack's own status, so this holds whatever the host.
 */
export function underWay({ latest, deploys, environment, stack, first }: UnderWayFacts): string {
  const [began] = latest ?? [];
  const since = began === undefined ? '' : ` since ${hourAndMinute(began.at)} UTC`;
  const what = `${stack.name} (${environment}) is ${stack.status}${since}`;
  const soFar = progress(latest ?? [], first?.signals ?? null);
  const ours = began?.token == null ? null : whoseToken(began.token);
  if (ours !== null) {
    const begun = first?.begun ?? null;
    const who =
      begun === null
        ? `${ours.who} with oncall`
        : `${begun.who} from ${begun.place} with oncall, ${begun.from} → ${begun.to}`;
    return `${what}: begun by ${who}.${soFar} To follow it where it was begun: oncall attach ${ours.intent}.`;
  }
  const deploy = deploys?.find((each) => each.status === 'in_progress');
  const who = deploy === undefined ? 'somebody else' : byDeploy(deploy);
  return `${what}: begun by ${who}.${soFar}`;
}

/** In an update's first seconds its events name neither. */
function byDeploy({ who, version }: Deploy): string {
  const somebody = who === 'unknown' ? 'somebody else' : who;
  return version === 'unknown' ? somebody : `${somebody}, deploying ${version}`;
}

function progress(events: readonly StackEvent[], signals: SignalCount | null): string {
  const newest = events.at(-1);
  if (newest === undefined) return '';
  const counted = signals === null ? '' : `, ${signals.received} of ${signals.needed} signals`;
  return ` So far: ${newest.resource} ${newest.status} at ${hourAndMinute(newest.at)} UTC${counted}.`;
}
