import { useMemo } from 'react';
import { type Reading, unread } from '../../model/reading.ts';
import type { Source } from '../../watch/types.ts';
import type { Subject } from '../selectors.ts';
import { useStore } from './store.ts';

const NOTHING: Reading<never> = unread<never>('none');
const nowhere = { get: () => NOTHING, subscribe: () => () => undefined };

/** The reading of what a pane looks at; while mounted it is watched. `open` is called again only for another subject. */
export function useReading<T>(subject: Subject | null, open: (subject: Subject) => Source<T>): Reading<T> {
  const service = subject?.service ?? null;
  const environment = subject?.environment ?? '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: `open` only carries the watch, which never changes.
  const source = useMemo(
    () => (service === null ? nowhere : open({ service, environment })),
    [service, environment],
  );
  return useStore<Reading<T>>(source);
}
