interface Waiting {
  rank: number;
  enter(): void;
}

/** Places for requests under way, over all files. */
export interface Slots {
  /** How many stand in line. */
  waiting(): number;
  /**
   * Waits for a place; the lowest rank is next, and of one rank the first to come.
   *
   * @returns how to give it back; once is enough
   * @throws the signal's reason when it is aborted first
   */
  take(rank: number, signal: AbortSignal): Promise<() => void>;
}

/** @param limit asked each time a place is free, so that it may change */
export const createSlots = (limit: () => number): Slots => {
  const line: Waiting[] = [];
  let taken = 0;

  const admit = (): void => {
    while (taken < limit()) {
      const next = line.shift();
      if (next === undefined) return;
      taken += 1;
      next.enter();
    }
  };

  const place = (): (() => void) => {
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      taken -= 1;
      admit();
    };
  };

  const join = (waiting: Waiting): void => {
    const at = line.findLastIndex(({ rank }) => rank <= waiting.rank);
    line.splice(at + 1, 0, waiting);
  };

  return {
    waiting: () => line.length,
    take: (rank, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const leave = (): void => {
          line.splice(line.indexOf(waiting), 1);
          // The reason is whatever was given to abort(), mostly an error.
          reject(signal.reason as Error);
        };
        const waiting: Waiting = {
          rank,
          enter: () => {
            signal.removeEventListener('abort', leave);
            resolve(place());
          },
        };
        signal.addEventListener('abort', leave, { once: true });
        join(waiting);
        admit();
      }),
  };
};
