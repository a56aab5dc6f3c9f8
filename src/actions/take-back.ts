import type { ActionName } from './types.ts';

/**
 * Whether and how each action can be taken back: told before it is sent, by its plan, its dialog, the help of its key
 * and of its command. What PagerDuty cannot take back is what its REST API has no call for.
 */
export const TAKE_BACK: Readonly<Record<ActionName, string>> = {
  acknowledge: 'It stops paging. It can be taken back only by escalating again, which pages people.',
  resolve: 'It cannot be taken back through PagerDuty’s API: if the trouble goes on, a new event pages anew.',
  escalate: 'It cannot be taken back: whoever is paged is paged.',
  snooze: 'PagerDuty’s API has no call that ends it early: escalating pages at once.',
  note: 'Everybody on the incident sees it; it cannot be taken back.',
  reroute: 'It can be taken back by re-routing to where it came from, which pages there again.',
  rollback: 'It can be taken back by rolling forward again, which takes as long.',
  unblock_deploy:
    'It cannot be taken back: a step that goes on goes on. What it puts out can be rolled back.',
  cancel_update: 'It can be taken back only by deploying again.',
  acknowledge_signal:
    'It stops this signal from calling anybody until it is well again; it can be taken back only in the system itself.',
  downtime_signal:
    'Until it ends this signal calls nobody, whatever happens; it can be taken back only in the system itself.',
  assign_ticket: 'It can be taken back by assigning it to where it came from.',
  continue_rollback: 'It cannot be taken back; afterwards the stack can be updated again.',
};
