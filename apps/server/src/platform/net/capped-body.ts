import { Readable } from 'node:stream';
import { AppError } from '../../kernel/app-error.ts';

interface CappedBodyOptions {
  /** One byte more ends the body in AppError `payloadTooLarge`. */
  maxBytes: number;
  /** Ends the body and the connection. */
  signal: AbortSignal;
  /** What the reader gets for a failure of the connection, or for the reason of `signal`. */
  translate: (error: unknown) => unknown;
}

/**
 * The body of an answer as it comes, for whoever writes it to a disk or hands it on: never more than `maxBytes`, never
 * longer than `signal`. Destroying it ends the connection.
 *
 * @example await pipeline(cappedBody(answer, { maxBytes: 50 * 1024 * 1024, signal, translate }), createWriteStream(path));
 */
export const cappedBody = (body: Readable, { maxBytes, signal, translate }: CappedBodyOptions): Readable => {
  const abort = (): void => {
    body.destroy(asError(signal.reason));
  };
  const read = async function* (): AsyncGenerator<Buffer> {
    let length = 0;
    try {
      // A response body is binary: its chunks are Buffers.
      for await (const chunk of body as AsyncIterable<Buffer>) {
        length += chunk.length;
        if (length > maxBytes) throw tooLarge(maxBytes);
        yield chunk;
      }
    } catch (error) {
      throw error instanceof AppError ? error : translate(error);
    }
  };
  const capped = Readable.from(read(), { objectMode: false });
  // A reader that leaves must not wait for the next chunk, which may never come.
  capped.once('close', () => {
    signal.removeEventListener('abort', abort);
    body.destroy();
  });
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  return capped;
};

/** Known before a byte of the body was read. */
export const tooLarge = (maxBytes: number): AppError =>
  new AppError('payloadTooLarge', `The object is larger than ${maxBytes} bytes.`);

const asError = (reason: unknown): Error =>
  reason instanceof Error ? reason : new Error('aborted', { cause: reason });
