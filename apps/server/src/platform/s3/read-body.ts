import { Readable } from 'node:stream';
import { AnswerTooLarge } from './capped-handler.ts';

/**
 * Reads a body to its end, at most `maxBytes`. One byte more, or an aborted signal, ends the connection at once.
 *
 * @throws AnswerTooLarge, the signal's reason, or what the network says
 */
export const readBody = async (body: unknown, maxBytes: number, signal: AbortSignal): Promise<Buffer> => {
  if (!(body instanceof Readable)) return Buffer.alloc(0);
  const abort = (): void => {
    body.destroy(
      signal.reason instanceof Error ? signal.reason : new Error('aborted', { cause: signal.reason }),
    );
  };
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // A response body is binary: its chunks are Buffers.
    for await (const chunk of body as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maxBytes) throw new AnswerTooLarge(`The object is larger than ${maxBytes} bytes.`);
      chunks.push(chunk);
    }
    return Buffer.concat(chunks, length);
  } finally {
    signal.removeEventListener('abort', abort);
    body.destroy();
  }
};
