import type { ActionName } from './types.ts';

/** How an action is spoken of while it goes on, and afterwards. */
export interface Work {
  /** Before a service: `rolling back charge-central`. */
  readonly doing: string;
  /** After an article: `the rollback of charge-central`. */
  readonly noun: string;
}

export const WORK: Readonly<Record<ActionName, Work>> = {
  acknowledge: { doing: 'acknowledging', noun: 'acknowledgement of' },
  resolve: { doing: 'resolving', noun: 'resolution of' },
  escalate: { doing: 'escalating', noun: 'escalation of' },
  snooze: { doing: 'snoozing', noun: 'snooze of' },
  note: { doing: 'noting on', noun: 'note on' },
  reroute: { doing: 're-routing', noun: 're-routing of' },
  rollback: { doing: 'rolling back', noun: 'rollback of' },
  unblock_deploy: { doing: 'unblocking a deploy of', noun: 'unblocked deploy of' },
  cancel_update: { doing: 'cancelling', noun: 'cancelled update of' },
  acknowledge_signal: { doing: 'acknowledging a signal of', noun: 'acknowledgement of a signal of' },
  downtime_signal: { doing: 'silencing a signal of', noun: 'downtime of a signal of' },
  assign_ticket: { doing: 'assigning a ticket of', noun: 'assignment of a ticket of' },
  continue_rollback: { doing: 'continuing', noun: 'continued rollback of' },
};
