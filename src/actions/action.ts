import type { Catalog, DeployWay } from '../model/catalog.ts';
import type { Failure } from '../model/failure.ts';
import type { Systems } from '../model/ports/index.ts';
import type { SafeText } from '../model/safe-text.ts';
import type { SignalCount, StackEvent } from '../model/stack.ts';
import type { FreezePlace } from './freeze.ts';
import type { Intent } from './intent.ts';
import type { Words } from './tell/words.ts';
import type { ActionRequest, Check, Confirm, Outcome } from './types.ts';

/** What every action works with. */
export interface ActionContext {
  readonly systems: Systems;
  readonly catalog: Catalog;
  readonly limits: Limits;
  readonly readOnly: boolean;
}

/** How long the engine waits, in milliseconds; of real time, but for `trace`. */
export interface Limits {
  /** For one write. */
  readonly send: number;
  /** For one read while reconciling. */
  readonly read: number;
  /** For a trace of a write to show, by reading again and again; of the system's time, and never more real time. */
  readonly trace: number;
  /** Between two readings. */
  readonly pause: number;
}

export const LIMITS: Limits = { send: 20_000, read: 15_000, trace: 60_000, pause: 2_000 };

/** One kind of write. A new one is a file that fills this in and a row in `index.ts`. */
export interface Action<R extends ActionRequest> {
  draft(context: ActionContext, request: R, aid: DraftAid): Promise<Draft>;
  /** How reading tells what became of an intent; from the journal's line alone, so that it works after a restart. */
  outlook(context: ActionContext, intent: Intent, request: R): Outlook;
}

export interface DraftAid {
  readonly intent: string;
  /** Who would be acting; rejects with an `ActionError` when nobody is known. */
  who(): Promise<string>;
  /** Whether a freeze window forbids to change that: then planning leaves no trace there either. */
  isFrozen(place: FreezePlace): boolean;
  readonly signal: AbortSignal | undefined;
}

/** A plan with the means to carry it out. */
export interface Draft {
  readonly title: string;
  readonly lines: readonly string[];
  readonly checks: readonly Check[];
  readonly confirm: Confirm;
  /** Everything the plan rests on, as JSON; hashed. */
  readonly facts: unknown;
  readonly service: string | null;
  readonly environment: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** Of the images that `to` and `from` name; null: not images, or not known. */
  readonly digest: string | null;
  readonly fromDigest: string | null;
  readonly incident: string | null;
  readonly token: string | null;
  readonly changes: readonly string[];
  readonly expectedMs: number | null;
  /** What puts a version out; missing: no version is. */
  readonly via?: DeployWay;
  /** Whose clock it goes by, as in the config: `pagerduty`, `aws`. */
  readonly system: string;
  /** What is written to; two writes to the same thing wait for one another. */
  readonly targets: readonly string[];
  /** Reads the state again, just before the send. */
  recheck(signal: AbortSignal): Promise<Recheck>;
  /** Sends the change, once. */
  send(from: string, signal: AbortSignal): Promise<void>;
  /** What a refusal by the system means here; null: as the system puts it. */
  explain?(refusal: Failure, signal: AbortSignal): Promise<Outcome | null>;
  /** Takes away what planning left behind. */
  discard?(): Promise<void>;
}

export type Recheck =
  | { readonly kind: 'same' }
  /** The wish is already true: nothing needs sending. */
  | { readonly kind: 'already'; readonly text: string }
  | { readonly kind: 'moved'; readonly text: string };

export interface Outlook {
  /** Whose clock the journal and the progress go by. */
  readonly system: string;
  /** Longest time that seen work may take, in milliseconds of the system's time, and never more real time. */
  readonly patienceMs: number;
  look(signal: AbortSignal): Promise<Sight>;
  /** After `done`: whether it did what was wanted. Reads again and again until it is known. */
  verify?(report: (text: string) => void, signal: AbortSignal | undefined): Promise<Outcome>;
  /** How others are told of it, as it begins and as it ends; missing: the system itself tells them. */
  readonly words?: Words;
}

/** What reading shows of an intent. */
export interface Sight {
  readonly kind: 'none' | 'under_way' | 'done' | 'failed';
  readonly text: string;
  readonly events: readonly StackEvent[];
  readonly signals: SignalCount | null;
  /** What a deploy printed, from its beginning; empty: it tells none. */
  readonly output: readonly SafeText[];
}

export function sight(
  kind: Sight['kind'],
  text: string,
  events: readonly StackEvent[] = [],
  signals: SignalCount | null = null,
): Sight {
  return { kind, text, events, signals, output: [] };
}
