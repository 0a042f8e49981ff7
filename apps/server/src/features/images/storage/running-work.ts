/** Work that somebody must wait for before what it stands on is closed. */
export interface RunningWork {
  /** Gives back what it was given. */
  track<T>(work: Promise<T>): Promise<T>;
  /** Resolves when nothing runs any more, however it ended. */
  settled(): Promise<void>;
}

export const createRunningWork = (): RunningWork => {
  const running = new Set<Promise<unknown>>();
  return {
    track: (work) => {
      // Its failure is for whoever has `work`.
      const ended = work.then(nothing, nothing).finally(() => running.delete(ended));
      running.add(ended);
      return work;
    },
    settled: async () => {
      while (running.size > 0) await Promise.all(running);
    },
  };
};

const nothing = (): void => {};
