import type { Readable } from 'node:stream';
import ZipStream from 'zip-stream';
import { AppError } from '../../kernel/app-error.ts';
import type { BucketReader } from '../../platform/s3/index.ts';
import { openEntries, type OpenEntry } from './open-entries.ts';
import type { ZipEntry } from './zip-entry.ts';

/** `left`: whoever read it did not want the rest. */
export type ZipEnd = 'sent' | 'left';

/** A zip on its way. */
export interface StreamedZip {
  /** The reader reads it to its end or destroys it. */
  zip: Readable;
  /** Settles when no object is read any more; fails with what an object failed with. */
  done: Promise<ZipEnd>;
}

/**
 * Objects as one zip that is made while it is read: stored as they are (photographs do not get smaller), Zip64 where it is
 * needed (APPNOTE 4.3.9.2, 4.5.3), names in UTF-8. Reading slower makes the bucket send slower; nothing is collected.
 *
 * The first object is open when this returns, so that a connection that may not read is told of in time. Later on a failure
 * destroys the stream: a zip that ends early must not look whole. Destroying the stream ends the reading of the bucket.
 *
 * @param entries with names of their own (`nameEntries`)
 * @throws AppError as of BucketReader, for the first object
 */
export const streamZip = async (bucket: BucketReader, entries: readonly ZipEntry[]): Promise<StreamedZip> => {
  const ended = new AbortController();
  const opened = openEntries(bucket, entries, ended.signal);
  const first = await opened.next();

  const stream = new ZipStream({ store: true });
  stream.once('close', () => ended.abort(new Error('whoever reads the zip has left')));
  const fill = async (): Promise<ZipEnd> => {
    try {
      if (first.done !== true) await append(stream, first.value, ended.signal);
      for await (const entry of opened) await append(stream, entry, ended.signal);
      stream.finalize();
      return 'sent';
    } catch (error) {
      if (ended.signal.aborted) return 'left';
      stream.destroy(error instanceof Error ? error : new Error('the zip failed', { cause: error }));
      throw error;
    } finally {
      await opened.return(undefined);
    }
  };
  // Its types are those of the package readable-stream, which is Node's own streams under another name.
  return { zip: stream as unknown as Readable, done: fill() };
};

const append = async (
  stream: ZipStream,
  { entry, object }: OpenEntry,
  signal: AbortSignal,
): Promise<void> => {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  const leave = (): void => reject(signal.reason);
  signal.addEventListener('abort', leave, { once: true });
  try {
    if (signal.aborted) leave();
    // The stream would go on to the next entry as if this one had ended well.
    object?.body.once('error', reject);
    stream.entry(
      object?.body ?? null,
      { name: entry.name, date: object?.lastModified ?? null },
      (error, written) => {
        if (error !== null) reject(error);
        else resolve(written?.getSize() ?? 0);
      },
    );
    const bytes = await promise;
    if (object !== null && object.size !== null && bytes !== object.size) {
      throw new AppError('originFailed', 'An object ended before all of its bytes had come.');
    }
  } finally {
    signal.removeEventListener('abort', leave);
    object?.body.destroy();
  }
};
