import type { Signal } from '../signal.ts';

/** A system that tells what is wrong now. Every read throws a `Failure`; a write is sent exactly once. */
export interface Monitors {
  /** As the config names it. */
  readonly system: string;
  /** All that is wrong now in one environment, or that knows no environments. */
  signals(environment: string, signal?: AbortSignal): Promise<readonly Signal[]>;
  /** One as it is now, to see what became of a write; null: it is no longer there. */
  signal(id: string, signal?: AbortSignal): Promise<Signal | null>;
  /** What can be done to its signals; the others are left out. */
  readonly can: readonly SignalChange['kind'][];
  change(change: SignalChange, from: string, signal?: AbortSignal): Promise<void>;
}

export type SignalChange =
  | { readonly kind: 'acknowledge'; readonly id: string; readonly comment: string }
  | { readonly kind: 'downtime'; readonly id: string; readonly seconds: number; readonly comment: string }
  | { readonly kind: 'assign'; readonly id: string; readonly squad: string };
