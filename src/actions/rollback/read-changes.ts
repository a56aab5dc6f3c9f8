import type { ChangesFact } from '../../insight/rollback/facts.ts';
import { Failure } from '../../model/failure.ts';
import type { ActionContext } from '../action.ts';
import { within } from '../within.ts';
import { orNull } from './or-null.ts';
import type { Place } from './place.ts';

/** A plan is waited for, and does not depend on it. */
const PATIENCE_MS = 4_000;

/** What the source of the two versions differs by; best effort. */
export async function readChanges(
  { systems, limits }: ActionContext,
  { service }: Place,
  from: string | null,
  to: string | null,
  signal: AbortSignal | undefined,
): Promise<ChangesFact> {
  if (from === null || to === null || from === to) return { kind: 'none' };
  try {
    const compare = await systems.compare();
    const read = async (each: AbortSignal) => {
      const undone = await compare.changes(service, to, from, each);
      // `to` is newer, or both have something of their own.
      const brought = undone.behind > 0 ? await orNull(compare.changes(service, from, to, each)) : null;
      return { kind: 'read', undone, brought } as const;
    };
    return await within('github', Math.min(PATIENCE_MS, limits.read), read, signal);
  } catch (thrown) {
    if (!(thrown instanceof Failure)) throw thrown;
    return thrown.code === 'not_configured' ? { kind: 'none' } : { kind: 'unread', why: thrown.text };
  }
}
