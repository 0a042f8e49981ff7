import { closeSync, openSync, readSync } from 'node:fs';

/** The first bytes of a file, fewer where it is shorter. Synchronous: a renderer has nothing else to do. */
export const readHead = (path: string, length: number): Uint8Array => {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(length);
    return head.subarray(0, readSync(file, head, 0, length, 0));
  } finally {
    closeSync(file);
  }
};
