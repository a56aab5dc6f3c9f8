import type { Service } from '../catalog.ts';
import type { Instant } from '../instant.ts';

/** Tells others of a change: a record of it, a message in a squad's channel. Best effort; each is sent exactly once. */
export interface Notifier {
  /** What it leaves behind, for a person and for the journal: `change record`. */
  readonly name: string;
  /** As the config names it. */
  readonly system: string;
  /** Whether it has anywhere to tell this. */
  takes(news: News): boolean;
  tell(news: News, signal?: AbortSignal): Promise<void>;
}

/** A change to a service, as it begins and as it ends. */
export interface News {
  readonly stage: 'begun' | 'ended';
  /** null: it has not ended. */
  readonly state: 'confirmed' | 'failed' | null;
  /** Goes along, so that what was told can be found again. */
  readonly intent: string;
  readonly action: string;
  readonly service: Service;
  readonly environment: string;
  readonly from: string | null;
  readonly to: string | null;
  /** E-mail address of the person in whose name it is done. */
  readonly who: string;
  /** On the clock of the system that is changed. */
  readonly at: Instant;
  readonly incident: string | null;
  /** Of the service's squad; null: none is configured. */
  readonly channel: string | null;
  /** The whole of it for a person, in a sentence or two. */
  readonly text: string;
}
