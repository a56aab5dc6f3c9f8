import type { Deploy, WaitingStep } from '../../model/deploy.ts';
import type { Cockpit } from '../cockpit.ts';
import { currentDeploy, deploysOf, subject } from '../selectors.ts';
import { request } from './act.ts';
import { choose } from './dialogs.ts';

type Waiting = Deploy & { readonly waiting: WaitingStep };

/** Why no deploy can be unblocked here; null: one can. */
export function needsWaiting(cockpit: Cockpit): string | null {
  const at = subject(cockpit.view.get());
  if (at === null) return 'No service is chosen';
  return waitingDeploys(cockpit).length === 0
    ? `No deploy of ${at.service} waits for a person in ${at.environment}`
    : null;
}

/** The deploy under the cursor, else the one that waits; where several do, the person chooses. */
export function unblock(cockpit: Cockpit): void {
  const waiting = waitingDeploys(cockpit);
  const current = currentDeploy(cockpit);
  const [first, ...others] = waiting;
  if (first === undefined) return;
  const chosen = waiting.find((each) => each === current) ?? (others.length === 0 ? first : null);
  if (chosen !== null) {
    plan(cockpit, chosen);
    return;
  }
  choose(
    cockpit,
    `Which deploy of ${first.service} goes on?`,
    'its plan comes first',
    waiting.map((deploy) => ({
      label: deploy.version,
      note: deploy.waiting.label,
      pick: () => plan(cockpit, deploy),
    })),
  );
}

function plan(cockpit: Cockpit, { service, environment, version, waiting }: Waiting): void {
  const step = { system: waiting.system, id: waiting.id };
  void request(
    cockpit,
    { action: 'unblock_deploy', service, environment, version, step },
    `Reading the step of ${waiting.system}`,
  );
}

function waitingDeploys(cockpit: Cockpit): readonly Waiting[] {
  const at = subject(cockpit.view.get());
  const deploys = at === null ? null : deploysOf(cockpit, at).get().value;
  return (deploys ?? []).filter((deploy): deploy is Waiting => deploy.waiting !== null);
}
