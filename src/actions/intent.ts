import { randomInt } from 'node:crypto';
import type { DeployWay } from '../model/catalog.ts';
import type { Instant } from '../model/instant.ts';
import type { ActionName, ActionRequest, IntentState, JournalIntent } from './types.ts';

/** One thing that somebody set out to change, as its first line in the journal tells it. */
export interface Intent {
  readonly id: string;
  /** When it was confirmed, on the clock of the system that it changes. */
  readonly at: Instant;
  readonly action: ActionName;
  readonly request: ActionRequest;
  readonly service: string | null;
  readonly environment: string | null;
  readonly from: string | null;
  readonly to: string | null;
  /** Digest of the image that `to` named when it was planned; null: not an image, or not known. */
  readonly digest: string | null;
  /** The same of `from`. */
  readonly fromDigest: string | null;
  /** E-mail address of the person in whose name it is done. */
  readonly who: string;
  /** Where they came from, as sshd says (`SSH_CONNECTION`); null: not through SSH. */
  readonly origin: string | null;
  /** Name of the machine that this tool ran on; null: before it was written down. */
  readonly host: string | null;
  readonly incident: string | null;
  readonly planHash: string;
  /** Sent along, so that the remote system's own records can be matched with this line. */
  readonly token: string | null;
  /** Why it was done in spite of a freeze window; null: nothing was frozen. */
  readonly reason: string | null;
  /** How long it took before, in milliseconds; null: nothing to tell from. */
  readonly expectedMs: number | null;
  /** What puts the version out; null: no version is, or an old line: its stack. */
  readonly via: DeployWay | null;
  /** Of this tool; null: before it was written down. */
  readonly version: string | null;
}

/** A state that an intent came into, on the clock of the system that it changes. */
export interface Step {
  readonly state: IntentState;
  readonly at: Instant;
  readonly text: string | null;
}

export interface IntentRecord {
  readonly intent: Intent;
  readonly steps: readonly Step[];
}

/** Lower-case letters and digits only: it becomes part of tokens and names. Sorts by time. */
export function newIntentId(): string {
  const chance = randomInt(36 ** 4)
    .toString(36)
    .padStart(4, '0');
  return `${Date.now().toString(36)}${chance}`;
}

export function lastState({ steps }: IntentRecord): IntentState {
  return steps.at(-1)?.state ?? 'planned';
}

export function forReaders(record: IntentRecord): JournalIntent {
  const { intent, steps } = record;
  return {
    id: intent.id,
    action: intent.action,
    state: lastState(record),
    service: intent.service,
    environment: intent.environment,
    from: intent.from,
    to: intent.to,
    who: intent.who,
    token: intent.token,
    incident: intent.incident,
    origin: intent.origin,
    host: intent.host,
    version: intent.version,
    planHash: intent.planHash,
    fromDigest: intent.fromDigest,
    toDigest: intent.digest,
    reason: intent.reason,
    expectedMs: intent.expectedMs,
    at: steps[0]?.at ?? 0,
    history: steps,
  };
}
