import type { ActionRequest, JournalIntent, Outcome } from '../../src/actions/types.ts';
import type { LoggedRequest } from '../../src/practice/request-log.ts';
import type { Subject } from './subject.ts';

/** An outcome that a person was told. */
export interface Telling {
  readonly intent: string;
  readonly how: 'run' | 'attach';
  readonly outcome: Outcome;
  /** World time. */
  readonly at: number;
}

/** A plan that was confirmed, with the intents of the same presses, its own among them. */
export interface Confirmed {
  readonly intent: string;
  readonly request: ActionRequest;
  readonly group: readonly string[];
  /** World time at which it was begun to be planned. */
  readonly from: number;
}

/** Everything that was done, told and written in one schedule. */
export interface Story {
  readonly subject: Subject;
  readonly confirmed: readonly Confirmed[];
  /** In the order in which they were told. */
  readonly tellings: readonly Telling[];
  /** Of every journal that is still somebody's, by intent. */
  readonly journal: ReadonlyMap<string, JournalIntent>;
  /** What the systems were asked. */
  readonly requests: readonly LoggedRequest[];
  /** Kinds of faults that struck. */
  readonly struck: readonly string[];
  /** What else happened: deaths, interruptions, plans that did not come about. */
  readonly notes: readonly string[];
}
