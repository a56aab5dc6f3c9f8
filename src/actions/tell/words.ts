import { begunNote, placeOf } from '../../insight/begun-note.ts';
import type { Intent } from '../intent.ts';
import type { Outcome } from '../types.ts';

/** How an action is told to others: `Rolling`, `Rolled`. */
export interface Words {
  readonly doing: string;
  readonly done: string;
}

const UNKNOWN = 'unknown';

export function begunText(intent: Intent, { doing }: Words): string {
  const { id, service, environment, from, to, who, origin, host } = intent;
  return begunNote({
    what: `${doing} ${service} in ${environment}`,
    from: from ?? UNKNOWN,
    to: to ?? UNKNOWN,
    who,
    place: placeOf(origin, host),
    intent: id,
  });
}

export function endedText(intent: Intent, { doing, done }: Words, { state, text }: Outcome): string {
  const { service, environment, from, to, who, reason } = intent;
  const what = `${service} in ${environment} from ${from ?? UNKNOWN} to ${to ?? UNKNOWN}, by ${who}`;
  const spite = reason === null ? '' : ` In spite of a freeze, because: ${reason}.`;
  return state === 'confirmed'
    ? `${done} ${what}.${spite} ${text}`
    : `${doing} ${what}, failed.${spite} ${text}`;
}
