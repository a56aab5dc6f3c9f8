import type { ActionContext, Outlook } from './action.ts';
import type { Denials } from './denials.ts';
import type { Intent } from './intent.ts';
import type { Journal } from './journal.ts';
import type { Locks } from './locks.ts';
import type { Progress } from './types.ts';

export interface EngineDeps {
  readonly context: ActionContext;
  readonly journal: Journal;
  readonly locks: Locks;
  readonly denials: Denials;
  /** Shows the world as it is now to whoever looks on. */
  readonly reread: () => Promise<void>;
}

/** One intent on its way. */
export interface Run {
  readonly intent: Intent;
  readonly outlook: Outlook;
  readonly onProgress: (progress: Progress) => void;
  readonly signal: AbortSignal | undefined;
}
