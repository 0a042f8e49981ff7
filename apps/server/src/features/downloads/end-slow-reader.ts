import type { ServerResponse } from 'node:http';

/** The least that a reader takes in a while. */
export interface Pace {
  bytes: number;
  milliseconds: number;
}

/**
 * Ends a connection on which less moves than the pace, in any one such while: who reads a byte a minute would keep a place for
 * as long as they like. What stands still for lack of bytes from the bucket is ended as well.
 */
export const endSlowReader = (response: ServerResponse, { bytes, milliseconds }: Pace): void => {
  const { socket } = response;
  if (socket === null) return;
  let before = socket.bytesWritten;
  const look = setInterval(() => {
    const now = socket.bytesWritten;
    if (now - before < bytes) response.destroy();
    before = now;
  }, milliseconds);
  response.once('close', () => clearInterval(look));
};
