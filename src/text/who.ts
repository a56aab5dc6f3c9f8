import type { OnCall, Person } from '../model/incident.ts';
import type { Instant } from '../model/instant.ts';
import type { Cell, Column } from './table.ts';
import { untilTime } from './until.ts';

/** A squad or a duty with whom a page of it goes to. */
export interface WhoTeam {
  readonly name: string;
  readonly first: readonly OnCall[];
  readonly second: readonly OnCall[];
}

export interface WhoAround {
  /** The pager's own clock. */
  readonly now: Instant;
  /** Of the ends that are told. */
  readonly timeZone: string;
  readonly isMe: (person: Person) => boolean;
}

/** Team, who is paged at once and until when, who is paged next. */
export const WHO_COLUMNS: readonly Column[] = [{}, {}, { gives: true }];

/** `Owl   you, until 09:00   then Niamh Byrne` */
export function whoCells({ name, first, second }: WhoTeam, around: WhoAround): readonly Cell[] {
  const next = people(second, around);
  return [
    { text: name, tone: 'strong' },
    first.length === 0
      ? { text: 'nobody at level 1', tone: 'bad' }
      : { text: people(first, around), tone: null },
    next === ''
      ? { text: 'nobody at level 2', tone: 'muted' }
      : { text: first.length === 0 ? `level 2: ${next}` : `then ${next}`, tone: 'muted' },
  ];
}

/** What to know of squads whose first level is empty; null: there is none. */
export function emptyLevels(teams: readonly WhoTeam[]): string | null {
  const empty = teams.filter(({ first }) => first.length === 0).map(({ name }) => name);
  if (empty.length === 0) return null;
  return `Nobody is on call at level 1 of ${empty.join(', ')}: nothing can be re-routed there. Choose another squad, or call them.`;
}

function people(onCalls: readonly OnCall[], { now, timeZone, isMe }: WhoAround): string {
  return onCalls
    .map(({ person, until }) => {
      const who = isMe(person) ? 'you' : person.name;
      return until === null ? who : `${who}, until ${untilTime(until, now, timeZone)}`;
    })
    .join('; ');
}
