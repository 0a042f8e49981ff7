import type { FileHandle } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { AppError } from '../../../kernel/app-error.ts';
import type { OriginObject } from './origin.ts';

/** What went through. */
export interface Downloaded {
  bytes: number;
  crc: number;
}

/** Our own disk took no more of it: not the origin's fault. */
export class DiskRefused extends Error {
  override readonly name = 'DiskRefused';
}

/** Sockets give 16 to 64 KiB at a time; a write costs more than the bytes in it. */
const bytesPerWrite = 256 * 1024;

const tooLarge = (maxBytes: number): AppError =>
  new AppError('payloadTooLarge', `The original has more than ${maxBytes} bytes.`);

/**
 * Streams an original into a file, a little at a time: it is never in memory as a whole. The body is consumed or destroyed.
 *
 * @throws AppError payloadTooLarge beyond `maxBytes`; originFailed where it breaks off, also when fewer bytes came than
 * were announced; what the body itself fails with where that is an AppError; DiskRefused; the signal's reason
 */
export const downloadInto = async (
  file: FileHandle,
  { body, size }: OriginObject,
  { signal, maxBytes }: { signal: AbortSignal; maxBytes: number },
): Promise<Downloaded> => {
  if (size !== null && size > maxBytes) {
    body.destroy();
    throw tooLarge(maxBytes);
  }
  const done: Downloaded = { bytes: 0, crc: 0 };
  let waiting: Uint8Array[] = [];
  let writtenBytes = 0;
  const flush = async (): Promise<void> => {
    const bytes = Buffer.concat(waiting);
    waiting = [];
    writtenBytes += bytes.byteLength;
    await file.writeFile(bytes).catch((cause: unknown) => {
      throw new DiskRefused('The original could not be written', { cause });
    });
  };
  const write = async (chunks: AsyncIterable<Uint8Array>): Promise<void> => {
    for await (const chunk of chunks) {
      done.bytes += chunk.byteLength;
      if (done.bytes > maxBytes) throw tooLarge(maxBytes);
      done.crc = crc32(chunk, done.crc);
      waiting.push(chunk);
      if (done.bytes - writtenBytes >= bytesPerWrite) await flush();
    }
    await flush();
  };
  try {
    await pipeline(body, write, { signal });
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof AppError || error instanceof DiskRefused) throw error;
    throw new AppError('originFailed', 'The original broke off.', { cause: error });
  }
  if (size !== null && done.bytes !== size) {
    throw new AppError('originFailed', `The original broke off after ${done.bytes} of ${size} bytes.`);
  }
  return done;
};
