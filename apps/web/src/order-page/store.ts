import { useSyncExternalStore } from 'react';

/** One immutable value, and who wants to know of the next. */
export interface Store<T> {
  get(): T;
  set(next: T): void;
  /** Replaces some members. */
  patch(part: Partial<T>): void;
  /** @returns how to stop listening */
  subscribe(listener: () => void): () => void;
}

/** @example const store = createStore({ count: 0 }); store.patch({ count: 1 }) */
export const createStore = <T extends object>(initial: T): Store<T> => {
  let value = initial;
  const listeners = new Set<() => void>();
  const set = (next: T) => {
    if (next === value) return;
    value = next;
    for (const listener of listeners) listener();
  };
  return {
    get: () => value,
    set,
    patch: (part) => set({ ...value, ...part }),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

/**
 * A component renders again when what `select` gives is another value, so that one tile moves while three hundred rest.
 * `select` gives what is in the store: a new object each time would never come to rest.
 */
export const useStore = <T extends object, S>(store: Store<T>, select: (value: T) => S): S =>
  useSyncExternalStore(store.subscribe, () => select(store.get()));
