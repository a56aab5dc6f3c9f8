import { useSyncExternalStore } from 'react';

/** A value outside React; subscribers hear of a change only when the value is another one. */
export interface Store<T> {
  get(): T;
  set(value: T): void;
  update(change: (value: T) => T): void;
  subscribe(changed: () => void): () => void;
}

export function createStore<T>(initial: T): Store<T> {
  let value = initial;
  const subscribers = new Set<() => void>();
  const set = (next: T) => {
    if (Object.is(next, value)) return;
    value = next;
    for (const changed of [...subscribers]) changed();
  };
  return {
    get: () => value,
    set,
    update: (change) => set(change(value)),
    subscribe(changed) {
      subscribers.add(changed);
      return () => subscribers.delete(changed);
    },
  };
}

/** Anything that can be read and subscribed to: a store of ours, or a source of the watch. */
export interface Readable<T> {
  get(): T;
  subscribe(changed: () => void): () => void;
}

export function useStore<T>(store: Readable<T>): T {
  return useSyncExternalStore(store.subscribe, store.get, store.get);
}
