import { HOUR, MINUTE, SECOND } from '../../../model/instant.ts';
import { EPOCH } from '../../world/create.ts';
import type { Instant, WorldState } from '../../world/state.ts';
import type { World } from '../../world/world.ts';

/** A ticket as it was at one time; instants are whole seconds, as Zendesk tells them. */
export interface PracticeTicket {
  readonly id: number;
  readonly subject: string;
  readonly description: string;
  readonly status: 'new' | 'open' | 'pending' | 'hold' | 'solved' | 'closed';
  readonly priority: 'urgent' | 'high' | 'normal' | 'low' | null;
  readonly tags: readonly string[];
  readonly assignee: number | null;
  readonly createdAt: Instant;
  readonly updatedAt: Instant;
}

/** What every ticket for the tribe is tagged with. */
export const TRIBE_TAG = 'harbour-payments';
/** So long a search does not know what was written. */
const SEARCH_LAG = MINUTE;
const FIRST_ID = 48_210;

/** The tickets of the account, and what was changed in them. */
export class Tickets {
  /** All that a ticket was after it was changed, oldest first. */
  readonly #changes = new Map<number, PracticeTicket[]>();

  /** As they are now. */
  all(world: World): readonly PracticeTicket[] {
    return this.#at(world, world.now());
  }

  /** As a search knows them. */
  indexed(world: World): readonly PracticeTicket[] {
    return this.#at(world, world.now() - SEARCH_LAG);
  }

  change(world: World, ticket: PracticeTicket, fields: Partial<PracticeTicket>): PracticeTicket {
    const updatedAt = Math.max(whole(world.now()), ticket.updatedAt + SECOND);
    const changed = { ...ticket, ...fields, updatedAt };
    this.#changes.set(ticket.id, [...(this.#changes.get(ticket.id) ?? []), changed]);
    return changed;
  }

  #at({ state }: World, at: Instant): readonly PracticeTicket[] {
    return [...standing(state), ...complaints(state)]
      .filter(({ createdAt }) => createdAt <= at)
      .map((one) => this.#changes.get(one.id)?.findLast(({ updatedAt }) => updatedAt <= at) ?? one);
  }
}

/** They stay open after the trouble is over: only people solve tickets. */
function complaints({ troubles, complaints: all }: WorldState): readonly PracticeTicket[] {
  const told = troubles.flatMap((trouble) =>
    all.filter(({ effect }) => effect === trouble.key).map((complaint) => ({ trouble, complaint })),
  );
  return told.flatMap(({ trouble: { since, until }, complaint }, index): PracticeTicket[] => {
    const { subject, description, priority, afterMs, tags } = complaint;
    const createdAt = whole(since + afterMs);
    if (until !== null && createdAt > until) return [];
    const own = { id: FIRST_ID + 10 + index, status: 'new' as const, assignee: null };
    const at = { createdAt, updatedAt: createdAt };
    return [{ subject, description, priority, ...own, ...at, tags: [TRIBE_TAG, ...tags] }];
  });
}

/** One that waits for its customer, and one that is done. */
function standing({ services }: WorldState): readonly PracticeTicket[] {
  const service = services.find(({ squad }) => squad === 'storefront')?.name;
  if (service === undefined) return [];
  const tags = [TRIBE_TAG, `service-${service}`, 'squad-storefront'];
  const asked = {
    description: 'Where do I find the invoice for October?',
    priority: 'low' as const,
    tags,
    assignee: 31,
    createdAt: EPOCH - 19 * HOUR,
    updatedAt: EPOCH - 12 * HOUR,
  };
  return [
    { ...asked, id: FIRST_ID, subject: 'Invoice for October', status: 'pending' },
    { ...asked, id: FIRST_ID + 1, subject: 'Invoice for September', status: 'solved' },
  ];
}

function whole(at: Instant): Instant {
  return Math.floor(at / SECOND) * SECOND;
}
