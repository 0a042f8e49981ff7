/** Bytes of one piece of memory. */
const chunkBytes = 256 * 1024;

/** Memory that files pass through. It is used again, since what is thrown away by the megabyte is collected late. */
export interface ChunkPool {
  /** What is in it is of whoever had it before. */
  take(): Uint8Array<ArrayBuffer>;
  /** Only by whoever took it, and when nothing reads from it or writes to it any more. */
  giveBack(chunk: Uint8Array<ArrayBuffer>): void;
}

/** It grows to as many pieces as were ever out at once. */
export const createChunkPool = (): ChunkPool => {
  const spare: Uint8Array<ArrayBuffer>[] = [];
  return {
    take: () => spare.pop() ?? new Uint8Array(chunkBytes),
    giveBack: (chunk) => {
      spare.push(chunk);
    },
  };
};
