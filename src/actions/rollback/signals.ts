import { countSignals, neededSignals } from '../../insight/rollback/signals.ts';
import { Failure } from '../../model/failure.ts';
import type { SignalCount, StackEvent } from '../../model/stack.ts';
import type { ActionContext } from '../action.ts';
import type { Place } from './place.ts';

/** Counts the signals of an update that is watched; null: what is needed cannot be told. */
export type SignalCounter = (
  events: readonly StackEvent[],
  signal: AbortSignal | undefined,
) => Promise<SignalCount | null>;

/** Reads the template once, at the first event: during an update it says what that update goes by. */
export function signalCounter({ systems }: ActionContext, { service, environment }: Place): SignalCounter {
  let rule: Promise<{ needed: number; timeoutMs: number } | null> | null = null;
  return async (events, signal) => {
    if (events.length === 0) return null;
    rule ??= readRule(signal);
    const known = await rule;
    return known === null ? null : countSignals(events, known);
  };

  async function readRule(signal: AbortSignal | undefined) {
    try {
      const deployer = await systems.deployer();
      const [read, stack] = await Promise.all([
        deployer.signalRule(service, environment, signal),
        deployer.stack(service, environment, signal),
      ]);
      if (read === null || read.timeoutMs === null) return null;
      const needed = neededSignals(read, stack);
      return needed === null ? null : { needed, timeoutMs: read.timeoutMs };
    } catch (thrown) {
      if (!(thrown instanceof Failure)) throw thrown;
      // What may not be read will not be later; anything else is worth another try with the next reading.
      if (thrown.code !== 'forbidden') rule = null;
      return null;
    }
  }
}
