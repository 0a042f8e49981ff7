/** Text that outlives a reload, where the browser lets it. */
export interface PageStorage {
  /** False where nothing is kept: closed by settings, or a frame on a site whose storage the browser refuses. */
  readonly keeps: boolean;
  read(key: string): string | null;
  write(key: string, text: string): void;
  remove(key: string): void;
}

const probeKey = 'windlass-probe';

/** The mere access throws where storage is refused, and a write where there is no room. */
const opened = (open: () => Storage): Storage | null => {
  try {
    const storage = open();
    storage.setItem(probeKey, '1');
    storage.removeItem(probeKey);
    return storage;
  } catch {
    return null;
  }
};

/**
 * A browser's storage, or this page's memory where there is none.
 *
 * @example createPageStorage(() => localStorage)
 */
export const createPageStorage = (open: () => Storage): PageStorage => {
  const memory = new Map<string, string>();
  const storage = opened(open);
  return {
    keeps: storage !== null,
    read: (key) => memory.get(key) ?? storage?.getItem(key) ?? null,
    write: (key, text) => {
      memory.set(key, text);
      try {
        storage?.setItem(key, text);
        if (storage !== null) memory.delete(key);
      } catch {
        // Full: this page goes on from memory, and an older text must not come back after a reload.
        storage?.removeItem(key);
      }
    },
    remove: (key) => {
      memory.delete(key);
      storage?.removeItem(key);
    },
  };
};
