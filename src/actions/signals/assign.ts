import { findSquad } from '../../model/catalog.ts';
import { type Action, sight } from '../action.ts';
import { TAKE_BACK } from '../take-back.ts';
import { ActionError, type ActionRequest } from '../types.ts';
import {
  monitorFor,
  namingSignal,
  readOrNull,
  readSignal,
  SIGNAL_PATIENCE_MS,
  signalDraft,
} from './signal.ts';

type Assign = Extract<ActionRequest, { action: 'assign_ticket' }>;

/** Gives a ticket to a squad. Nobody is paged for it. */
export const assignTicket: Action<Assign> = {
  async draft(context, request, { signal: stop }) {
    const squad = findSquad(context.catalog, request.squad);
    if (squad === undefined) {
      const known = context.catalog.squads.map(({ id }) => id).join(', ');
      throw new ActionError(`There is no squad ${request.squad}. Known: ${known}`);
    }
    const monitor = await monitorFor(context, request, 'assign');
    const ticket = await readSignal(monitor, request.signal, stop);
    return signalDraft(ticket, {
      title: `Give ${namingSignal(ticket)} to ${squad.name}`,
      lines: [
        ticket.squad === null ? 'It is no squad’s now.' : `It is ${ticket.squad}’s now.`,
        ...(request.because === undefined ? [] : [`Suggested: ${request.because}.`]),
        `${squad.name} finds it among its tickets; nobody is paged.`,
        TAKE_BACK.assign_ticket,
      ],
      checks: [],
      confirm: { kind: 'key' },
      facts: [ticket.source, ticket.id, ticket.squad, squad.id],
      from: ticket.squad,
      to: squad.id,
      async recheck(deadline) {
        const now = await readOrNull(monitor, request.signal, deadline);
        if (now === null) return { kind: 'moved', text: `${namingSignal(ticket)} is closed.` };
        if (now.squad === squad.id)
          return { kind: 'already', text: `${namingSignal(now)} is ${squad.name}’s already. Nothing sent.` };
        return now.squad === ticket.squad
          ? { kind: 'same' }
          : { kind: 'moved', text: `${namingSignal(now)} went to ${now.squad ?? 'nobody'} meanwhile.` };
      },
      async send(from, deadline) {
        await monitor.change({ kind: 'assign', id: request.signal, squad: squad.id }, from, deadline);
      },
    });
  },
  outlook: (context, _intent, request) => ({
    system: request.system,
    patienceMs: SIGNAL_PATIENCE_MS,
    async look(stop) {
      const monitor = await monitorFor(context, request, 'assign');
      const now = await readOrNull(monitor, request.signal, stop);
      if (now === null) return sight('done', 'It is closed: there is nothing left to do.');
      return now.squad === request.squad
        ? sight('done', `${request.squad} has it: ${namingSignal(now)}.`)
        : sight('none', `${namingSignal(now)} is still ${now.squad ?? 'nobody'}’s.`);
    },
  }),
};
