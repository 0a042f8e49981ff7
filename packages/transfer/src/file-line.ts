/** Files whose bytes are not all sent; of small ones enough that a call for tickets is worth it. */
const mostAhead = 200;
/** Bytes of those: more than can be under way at once, so that the line never waits for a ticket. */
const bytesAhead = 256 * 1024 * 1024;

/**
 * Which file starts when: by rank, and not before those that have begun are nearly sent. A thousand uploads that are begun
 * and not sent would be a thousand tickets that run out.
 */
export interface FileLine<File extends { rank: number }> {
  join(file: File): void;
  /** The next that may start now. It counts with its whole size until told otherwise. */
  next(): File | undefined;
  /** Of one that has started: bytes still to send. */
  setUnsent(file: File, bytes: number): void;
  /** Neither waiting nor sending any more. */
  leave(file: File): void;
}

export const createFileLine = <File extends { rank: number }>(
  sizeOf: (file: File) => number,
): FileLine<File> => {
  const waiting: File[] = [];
  const started = new Map<File, number>();
  let unsent = 0;

  const setUnsent = (file: File, bytes: number): void => {
    unsent += bytes - (started.get(file) ?? 0);
    started.set(file, bytes);
  };

  return {
    join(file) {
      // Ranks grow, so that a file mostly goes to the end.
      const at = waiting.findLastIndex(({ rank }) => rank < file.rank);
      waiting.splice(at + 1, 0, file);
    },
    next() {
      if (started.size > 0 && (started.size >= mostAhead || unsent >= bytesAhead)) return undefined;
      const file = waiting.shift();
      if (file !== undefined) setUnsent(file, sizeOf(file));
      return file;
    },
    setUnsent,
    leave(file) {
      const at = waiting.indexOf(file);
      if (at !== -1) waiting.splice(at, 1);
      unsent -= started.get(file) ?? 0;
      started.delete(file);
    },
  };
};
