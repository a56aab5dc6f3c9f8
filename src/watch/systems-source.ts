import { localNow } from '../model/instant.ts';
import type { Systems } from '../model/ports/index.ts';
import type { Reading } from '../model/reading.ts';
import type { SystemHealth } from '../model/system-health.ts';
import { Cell } from './cell.ts';
import type { Flush } from './flush.ts';
import type { Source } from './types.ts';

/** How every system answers, as the transport sees it; nothing is asked for it. */
export function systemsSource(
  systems: Systems,
  flush: Flush,
): Source<readonly SystemHealth[]> & { readonly watched: boolean } {
  const read = (): Reading<readonly SystemHealth[]> => {
    const at = localNow();
    const staleAfterMs = Number.POSITIVE_INFINITY;
    return {
      source: 'oncall',
      value: systems.health(),
      takenAt: at,
      receivedAt: at,
      error: null,
      staleAfterMs,
    };
  };
  const cell = new Cell(read(), flush);
  let unlisten: (() => void) | null = null;
  return {
    get: () => cell.get(),
    get watched() {
      return cell.watched;
    },
    subscribe(changed) {
      const leave = cell.listen(changed);
      unlisten ??= systems.onHealth(() => cell.set(read()));
      return () => {
        leave();
        if (cell.watched) return;
        unlisten?.();
        unlisten = null;
      };
    },
    async refresh() {
      cell.set(read());
      cell.publishNow();
    },
  };
}
