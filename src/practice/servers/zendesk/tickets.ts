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

type Complaint = Pick<PracticeTicket, 'subject' | 'description' | 'priority'> & {
  readonly afterMs: number;
  /** Beside the tribe's tag; the support's guess is not always right. */
  tags(service: string, squad: string): readonly string[];
};

/** What customers write while a bad version runs. */
const COMPLAINTS: readonly Complaint[] = [
  {
    afterMs: 3 * MINUTE,
    subject: 'Cannot pay: "something went wrong" at checkout',
    description: 'Our shop has taken no money for some minutes. Every card is refused.',
    priority: 'urgent',
    tags: (service, squad) => [`service-${service}`, `squad-${squad}`, 'vip'],
  },
  {
    afterMs: 6 * MINUTE,
    subject: 'Customers cannot pay by card',
    description: 'Three of our customers called. They see an error after they press Pay.',
    priority: 'high',
    tags: (service) => [`service-${service}`, 'squad-storefront'],
  },
  {
    afterMs: 11 * MINUTE,
    subject: 'Payment failed twice, was I charged?',
    description: 'I pressed Pay two times and got an error two times.',
    priority: null,
    tags: () => [],
  },
];

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
function complaints({ troubles, services }: WorldState): readonly PracticeTicket[] {
  return troubles.flatMap(({ service, since, until }, index) => {
    const squad = services.find(({ name }) => name === service)?.squad ?? '';
    return COMPLAINTS.flatMap(({ afterMs, tags, ...told }, at): PracticeTicket[] => {
      const createdAt = whole(since + afterMs);
      if (until !== null && createdAt > until) return [];
      const id = FIRST_ID + 10 + index * COMPLAINTS.length + at;
      const own = { id, status: 'new' as const, assignee: null, createdAt, updatedAt: createdAt };
      return [{ ...told, ...own, tags: [TRIBE_TAG, ...tags(service, squad)] }];
    });
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
