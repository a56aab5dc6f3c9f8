import type { Cockpit } from '../cockpit.ts';
import { forwardVersion, type Run } from '../stores/runs.ts';
import { request } from './act.ts';
import { close, top } from './dialogs.ts';

/** The run whose progress is looked at; null: none is. */
export function watched(cockpit: Cockpit): Run | null {
  const dialog = top(cockpit, 'progress');
  return cockpit.runs.get().find(({ id }) => id === dialog?.run) ?? null;
}

/** Why there is nothing to roll forward from here; null: there is. */
export function needsRollback(cockpit: Cockpit): string | null {
  const run = watched(cockpit);
  return run !== null && forwardVersion(run) !== null
    ? null
    : 'Only a rollback that is done can be rolled forward again';
}

/** The plan to go back to the version that the rollback has left: confirmed as any other. */
export function rollForward(cockpit: Cockpit): void {
  const run = watched(cockpit);
  const to = run === null ? null : forwardVersion(run);
  if (run === null || to === null || run.service === null || run.environment === null) return;
  const { service, environment, incident } = run;
  close(cockpit);
  void request(
    cockpit,
    { action: 'rollback', service, environment, to, ...(incident !== null && { incident }) },
    `Planning to roll ${service} forward again: reading stack, image and capacity`,
  );
}
