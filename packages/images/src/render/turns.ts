/** Shares time between keys (teams, lanes): whoever has had the least is next. */
export interface Turns<Key> {
  /** Call when a key that had nothing waiting has something again. */
  enter(key: Key): void;
  /** The key whose turn it is; undefined for none. */
  next(keys: Iterable<Key>): Key | undefined;
  /** Counts time against a key; negative to give some back. */
  charge(key: Key, milliseconds: number): void;
  /** Forgets keys that have no more to answer for than a newcomer, but for those that are kept. */
  prune(kept: (key: Key) => boolean): void;
}

/**
 * Start-time fair queueing (Goyal, Vin and Cheng, SIGCOMM 1996), with time in place of bytes. A key that was away comes
 * back at the time of those who were served meanwhile: what it did not use is not saved up, and what it used beyond
 * its share is not forgotten.
 */
export const createTurns = <Key>(): Turns<Key> => {
  const had = new Map<Key, number>();
  /** What the key had that was served last: newcomers start there. */
  let floor = 0;

  return {
    enter: (key) => {
      had.set(key, Math.max(had.get(key) ?? 0, floor));
    },
    next: (keys) => {
      let least: { key: Key; had: number } | undefined;
      for (const key of keys) {
        const time = had.get(key) ?? floor;
        if (least === undefined || time < least.had) least = { key, had: time };
      }
      return least?.key;
    },
    charge: (key, milliseconds) => {
      const before = had.get(key) ?? floor;
      if (milliseconds > 0) floor = Math.max(floor, before);
      had.set(key, before + milliseconds);
    },
    prune: (kept) => {
      for (const [key, time] of had) if (time <= floor && !kept(key)) had.delete(key);
    },
  };
};
