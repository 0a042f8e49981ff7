import type { FileReading, PartBody } from './upload-source.ts';

/** A larger body costs so much to read and to hash that what a buffer of its own costs does not matter. */
const largestBytes = 1024 * 1024;

/**
 * Reads a small body and hashes it.
 *
 * @returns null where that cannot be done in memory that is used again: the body is too large, the browser does not read into
 * a buffer that it is given (Safari before 26), or has no crypto.subtle (a page that came over plain HTTP)
 * @throws what reading fails with; RangeError where the body is shorter than it says
 */
export type SmallBodyReader = (body: PartBody, headBytes: number) => Promise<FileReading | null>;

/**
 * A reader whose memory goes from body to body. `arrayBuffer()` makes a new buffer for each: a page that looks at thousands of
 * files has a hundred megabytes of them before its garbage collector comes.
 *
 * @param most bodies that are read at once, each with a buffer of 1 MiB
 */
export const createSmallBodyReader = (most: number): SmallBodyReader => {
  const buffers: ArrayBuffer[] = [];

  return async (body, headBytes) => {
    const { subtle } = globalThis.crypto;
    if (subtle === undefined || body.size > largestBytes) return null;
    const reader = openReader(body);
    if (reader === null) return null;
    let buffer = buffers.pop() ?? new ArrayBuffer(largestBytes);
    try {
      for (let at = 0; at < body.size;) {
        const { value, done } = await reader.read(new Uint8Array(buffer, at, body.size - at));
        if (done) throw new RangeError('The file has become shorter.');
        // Reading takes the memory away, and gives it back with the view that was filled.
        ({ buffer } = value);
        at += value.byteLength;
      }
      const bytes = new Uint8Array(buffer, 0, body.size);
      const sha256 = new Uint8Array(await subtle.digest('SHA-256', bytes));
      return { head: bytes.slice(0, headBytes), sha256 };
    } finally {
      // One that a failed read has kept has no bytes any more.
      if (buffer.byteLength > 0 && buffers.length < most) buffers.push(buffer);
      // A stream that has failed cannot be cancelled, and its failure is known already.
      await reader.cancel().catch(() => undefined);
    }
  };
};

const openReader = (body: PartBody): ReadableStreamBYOBReader | null => {
  try {
    return body.stream().getReader({ mode: 'byob' });
  } catch {
    // Streams of the older kind bring buffers of their own, and say so with a TypeError.
    return null;
  }
};
