import type { Systems } from '../model/ports/index.ts';
import type { SignalsView } from './types.ts';

/** What the named monitoring system says is wrong in that environment. */
export async function readSignals(
  systems: Systems,
  system: string,
  environment: string,
  signal?: AbortSignal,
): Promise<SignalsView> {
  const monitor = (await systems.monitors()).find((each) => each.system === system);
  if (monitor === undefined) return { signals: [], can: [] };
  return { signals: await monitor.signals(environment, signal), can: monitor.can };
}
