import type { Failure } from '../model/failure.ts';
import type { Intent } from './intent.ts';
import type { ActionName } from './types.ts';

/**
 * What a system forbade to this person while the tool runs. Permissions go by team and by role, so what is forbidden
 * for one service may be allowed for another.
 */
export interface Denials {
  add(intent: Pick<Intent, 'action' | 'service'>, refusal: Failure): void;
  /** Why this action is off for that service; null: it is not. */
  reason(action: ActionName, service: string | null): string | null;
}

export function openDenials(): Denials {
  const denied = new Map<string, string>();
  return {
    add({ action, service }, refusal) {
      denied.set(
        key(action, service),
        `Off, since ${refusal.system} forbade it: ${refusal.text} Once you are allowed to, start oncall anew.`,
      );
    },
    reason: (action, service) => denied.get(key(action, service)) ?? null,
  };
}

function key(action: ActionName, service: string | null): string {
  return `${action} ${service ?? ''}`;
}
