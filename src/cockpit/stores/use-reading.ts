import { useEffect, useMemo, useState } from 'react';
import { type Reading, unread } from '../../model/reading.ts';
import type { Source } from '../../watch/types.ts';
import type { Subject } from '../selectors.ts';
import { useStore } from './store.ts';

const NOTHING: Reading<never> = unread<never>('none');
const nowhere = { get: () => NOTHING, subscribe: () => () => undefined };

/** Whoever runs through a list of incidents asks no system about those passed by. */
const SETTLE_MS = 120;

/** The reading of what a pane looks at; while mounted it is watched. `open` is called again only for another subject or part of it. */
export function useReading<T>(
  subject: Subject | null,
  open: (subject: Subject) => Source<T>,
  part = '',
): Reading<T> {
  const service = subject?.service ?? null;
  const environment = subject?.environment ?? '';
  const settled = useSettled(`${service} ${environment} ${part}`);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `open` only carries the watch, which never changes.
  const source = useMemo(
    () => (service === null || !settled ? nowhere : open({ service, environment })),
    [service, environment, part, settled],
  );
  return useStore<Reading<T>>(source);
}

/** Whether the key has stayed the same for a moment; the first one counts at once. */
function useSettled(key: string): boolean {
  const [settled, setSettled] = useState(key);
  useEffect(() => {
    if (settled === key) return;
    const timer = setTimeout(() => setSettled(key), SETTLE_MS);
    return () => clearTimeout(timer);
  }, [key, settled]);
  return settled === key;
}
