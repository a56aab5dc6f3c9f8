import { Failure } from '../../model/failure.ts';
import type { Monitors } from '../../model/ports/monitors.ts';
import { settingsOf } from '../http/settings.ts';
import type { AdapterDeps } from '../http/transport.ts';
import { ZendeskClient } from './client.ts';
import { SYSTEM } from './failure.ts';
import { givenTo, ownerOf } from './tags.ts';
import { isOver, toSignal } from './to-signal.ts';
import type { Ticket } from './wire.ts';

/** Zendesk's tickets that are not solved and carry one of our tags. They know no environments. */
export function openTickets(deps: AdapterDeps): Monitors {
  const { catalog } = deps.loaded;
  const settings = settingsOf(deps, SYSTEM);
  const client = new ZendeskClient(deps);
  /** Read or written by number: a search lags behind it for minutes. */
  const known = new Map<number, Ticket>();

  const signalOf = (ticket: Ticket) => toSignal(ticket, ownerOf(catalog, settings, ticket.tags), client.base);

  function newest(found: Ticket): Ticket {
    const ours = known.get(found.id);
    if (ours !== undefined && Date.parse(ours.updated_at) > Date.parse(found.updated_at)) return ours;
    known.delete(found.id);
    return found;
  }

  async function read(id: string, signal?: AbortSignal): Promise<Ticket> {
    const ticket = await client.ticket(id, signal);
    known.set(ticket.id, ticket);
    return ticket;
  }

  return {
    system: SYSTEM,
    can: ['assign'],

    /** One search for each tag: what several `tags:` in one mean is not left to the search. */
    async signals(_environment, signal) {
      const byId = new Map<number, Ticket>();
      for (const tag of settings.tags) {
        const found = await client.search(`type:ticket status<solved tags:${tag}`, signal);
        for (const ticket of found) byId.set(ticket.id, newest(ticket));
      }
      return [...byId.values()].filter((ticket) => !isOver(ticket)).map(signalOf);
    },

    async signal(id, signal) {
      try {
        const ticket = await read(id, signal);
        return isOver(ticket) ? null : signalOf(ticket);
      } catch (thrown) {
        if (thrown instanceof Failure && thrown.code === 'not_found') return null;
        throw thrown;
      }
    },

    /**
     * All tags are replaced by a write, so they are read, changed and sent with the stamp of what was read: refused as
     * `conflict` where somebody wrote between.
     * https://developer.zendesk.com/documentation/ticketing/managing-tickets/creating-and-updating-tickets/#protecting-against-ticket-update-collisions
     */
    async change(change, from, signal) {
      if (change.kind !== 'assign') {
        throw new Failure(SYSTEM, 'invalid', `Zendesk knows no ${change.kind} of a ticket.`);
      }
      const squad = catalog.squads.find(({ id }) => id === change.squad);
      if (squad === undefined) throw new Failure(SYSTEM, 'invalid', `There is no squad ${change.squad}.`);
      const ticket = await client.ticket(change.id, signal);
      const fields = {
        tags: givenTo(catalog, settings, ticket.tags, squad.id),
        comment: { body: `Given to ${squad.name} by ${from} with oncall.`, public: false },
        safe_update: true,
        updated_stamp: ticket.updated_at,
      };
      const written = await client.update(change.id, fields, signal);
      if (written !== null) known.set(written.id, written);
    },
  };
}
