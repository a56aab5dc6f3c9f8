import type { PracticeRun } from './pipeline-run.ts';
import type { Instant, PracticeLogLine, PracticeStack, WorldState } from './state.ts';

/** What the wire servers and the control endpoint may do to the practice world. */
export interface World {
  readonly state: WorldState;
  readonly options: WorldOptions;
  now(): Instant;
  /** Runs `what` when world time reaches `when` (at once when it has passed); ends with the world. */
  at(when: Instant, what: () => void): void;
  /** Jumps ahead; everything that was due on the way happens, in order. */
  advance(seconds: number): void;
  /**
   * A seeded source of randomness of its own for each name: servers started in another order change nothing.
   * Every call begins the name's sequence anew: keep what it returns.
   */
  random(name: string): Random;
  readonly incidents: IncidentEngine;
  readonly stacks: StackEngine;
  readonly pipelines: PipelineEngine;
  readonly logs: LogStore;
  /**
   * What bad versions and outages do to services now (see `scenario-effects.ts`); several of one key where several
   * services suffer.
   */
  activeEffects(): readonly ActiveEffect[];
  stop(): void;
}

export interface WorldOptions {
  readonly scenario: string;
  readonly seed: number;
  /** World seconds for each real second. */
  readonly speed: number;
}

export interface Random {
  /** In [0, 1). */
  next(): number;
  integer(min: number, max: number): number;
  pick<T>(from: readonly T[]): T;
  /** Lower-case hex digits. */
  hex(length: number): string;
}

export interface ActiveEffect {
  readonly key: string;
  readonly service: string;
  readonly environment: 'prod' | 'test';
  /** The bad one; null: it is not the service's own fault, whatever version it runs. */
  readonly version: string | null;
  readonly since: Instant;
  /** Error lines a second on each instance; 0: it hurts others only. */
  readonly errorRate: number;
  readonly errors: readonly string[];
}

export interface IncidentEngine {
  trigger(incident: NewIncident): string;
  acknowledge(id: string, personId: string): void;
  resolve(id: string, personId: string | null): void;
  reroute(id: string, policyId: string, personId: string): void;
  escalate(id: string, level: number, personId: string): void;
  /** To people instead of a policy: nothing escalates any more. */
  assign(id: string, to: readonly string[], personId: string): void;
  snooze(id: string, seconds: number, personId: string): void;
  note(id: string, content: string, personId: string): string;
}

export interface NewIncident {
  readonly service: string;
  readonly title: string;
  readonly urgency: 'high' | 'low';
  readonly details?: Record<string, string>;
  readonly effect?: string;
}

export interface StackEngine {
  /** Begins the asynchronous update; throws `StackRefusal` where CloudFormation would answer ValidationError. */
  update(stack: PracticeStack, change: StackChange): void;
  cancel(stack: PracticeStack, token: string | null): void;
  continueRollback(stack: PracticeStack, token: string | null): void;
}

export interface StackChange {
  readonly parameters: Record<string, string>;
  /** null: the stack keeps its tags. */
  readonly tags: Record<string, string> | null;
  /** Left out: the stack keeps its template. */
  readonly template?: string;
  readonly token: string | null;
  readonly who: string;
}

export interface PipelineEngine {
  /** Lets a waiting block go on; throws `PipelineRefusal` where it does not wait. */
  unblock(run: PracticeRun, blockId: string, who: string): void;
  /** Queues a run that deploys a version to one environment; its stack's update begins some seconds later. */
  start(order: NewRun): PracticeRun;
}

export interface NewRun {
  readonly service: string;
  readonly environment: 'prod' | 'test';
  readonly version: string;
  /** Short name. */
  readonly who: string;
  readonly message: string;
  /** null: it was not told. */
  readonly intent: string | null;
}

export interface LogStore {
  /** Lines whose event and index times lie in the half-open spans, oldest first, at most `limit` (the newest are kept). */
  lines(query: LogStoreQuery): readonly PracticeLogLine[];
  emit(lines: Emitted): void;
}

/** Lines that a test or a person has written, one by default. */
export interface Emitted {
  readonly service: string;
  readonly environment: 'prod' | 'test';
  /** Several are said by turns. */
  readonly message: string | readonly string[];
  readonly level?: PracticeLogLine['level'];
  /** Of the first line; missing: now. */
  readonly at?: Instant;
  readonly count?: number;
  /** Milliseconds from the first line to the one after the last; missing: all at one moment. */
  readonly overMs?: number;
}

export interface LogStoreQuery {
  readonly service?: string;
  readonly environment?: 'prod' | 'test';
  readonly from: Instant;
  readonly to: Instant;
  readonly indexedFrom?: Instant;
  readonly indexedTo?: Instant;
  readonly contains?: string;
  readonly instance?: string;
  readonly container?: string;
  /** As the container itself has them: from when they were written, not from when a search finds them. */
  readonly written?: boolean;
  readonly limit: number;
}
