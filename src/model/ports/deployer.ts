import type { Service } from '../catalog.ts';
import type { Instant } from '../instant.ts';
import type { SafeText } from '../safe-text.ts';
import type { ChangePreview, SignalRule, Stack, StackEvent, StackUpdate } from '../stack.ts';

/** Changes the image of a service through its stack. Every write is sent exactly once. */
export interface Deployer {
  stack(service: Service, environment: string, signal?: AbortSignal): Promise<Stack>;
  /** From the stack's template; null: it has no group that waits for signals. */
  signalRule(service: Service, environment: string, signal?: AbortSignal): Promise<SignalRule | null>;
  /**
   * Settings of group and launch template that are other now than when `version` was deployed, those aside that go
   * with each release: `LaunchTemplate ImageId`. null: the events do not tell.
   */
  changedSince(change: ImageChange, signal?: AbortSignal): Promise<readonly SafeText[] | null>;
  /** Makes a change set of that name and reads it; every parameter but the image keeps its previous value. */
  preview(change: ImageChange, name: string, signal?: AbortSignal): Promise<ChangePreview>;
  /** Deletes a change set that will not be executed. */
  discard(change: ImageChange, preview: ChangePreview, signal?: AbortSignal): Promise<void>;
  /** Executes the change set; its events carry `token`. */
  execute(change: ImageChange, preview: ChangePreview, token: string, signal?: AbortSignal): Promise<void>;
  /** Events of the update of which any carries `token` (its own, or that of its cancellation), oldest first. */
  events(
    service: Service,
    environment: string,
    token: string,
    signal?: AbortSignal,
  ): Promise<readonly StackEvent[]>;
  /** Events of the newest update, whoever began it, oldest first; empty: none is remembered. */
  latestEvents(service: Service, environment: string, signal?: AbortSignal): Promise<readonly StackEvent[]>;
  /** Whole updates that began or went on since then, whoever began them, oldest first. */
  updatesSince(
    service: Service,
    environment: string,
    since: Instant,
    signal?: AbortSignal,
  ): Promise<readonly StackUpdate[]>;
  cancel(service: Service, environment: string, token: string, signal?: AbortSignal): Promise<void>;
  continueRollback(service: Service, environment: string, token: string, signal?: AbortSignal): Promise<void>;
}

export interface ImageChange {
  readonly service: Service;
  readonly environment: string;
  readonly version: string;
}
