import { AppError } from '../../kernel/app-error.ts';
import type { BucketReader, BucketStream } from '../../platform/s3/index.ts';
import type { ZipEntry } from './zip-entry.ts';

const MiB = 1024 * 1024;

/** The next object is opened early only behind one that is read in a moment: servers end connections that stand still. */
const asksAheadBelowBytes = 8 * MiB;
/** Younger than any server's patience with a reader that does not read. */
const freshMilliseconds = 5_000;
/** Of one object, for a reader on a slow line: 50 GiB at 20 Mbit/s. */
const objectMilliseconds = 6 * 60 * 60_000;

/** An object whose bytes can be read now; null for one that stands for a folder. */
export interface OpenEntry {
  entry: ZipEntry;
  object: BucketStream | null;
}

type Opened = { entry: OpenEntry; at: number } | { error: unknown };

const isFolder = ({ key }: ZipEntry): boolean => key.endsWith('/');

const open = async (bucket: BucketReader, entry: ZipEntry, signal: AbortSignal): Promise<OpenEntry> => {
  if (isFolder(entry)) return { entry, object: null };
  const object = await bucket.openObject(entry.key, {
    signal,
    maxBytes: Number.MAX_SAFE_INTEGER,
    milliseconds: objectMilliseconds,
  });
  if (object === null) throw new AppError('notFound', 'There is no such object.');
  // Nobody may be reading yet when it fails; whoever reads it later is told by the stream itself.
  object.body.on('error', () => {});
  return { entry, object };
};

/**
 * Opens objects one after another, at most one ahead of the reader, who consumes or destroys each body before it asks for the
 * next. Leaving the loop closes what was opened ahead.
 *
 * @throws AppError as of BucketReader; the reason of `signal`
 */
export const openEntries = async function* (
  bucket: BucketReader,
  entries: readonly ZipEntry[],
  signal: AbortSignal,
): AsyncGenerator<OpenEntry> {
  let ahead: Promise<Opened> | null = null;
  const openAhead = (entry: ZipEntry): Promise<Opened> =>
    open(bucket, entry, signal).then(
      (opened) => ({ entry: opened, at: performance.now() }),
      (error: unknown) => ({ error }),
    );
  try {
    for (const [index, entry] of entries.entries()) {
      const known: Opened | null = await ahead;
      ahead = null;
      if (known !== null && 'error' in known) throw known.error;
      const isFresh =
        known !== null &&
        performance.now() - known.at < freshMilliseconds &&
        known.entry.object?.body.destroyed !== true;
      if (known !== null && !isFresh) known.entry.object?.body.destroy();
      const opened = known !== null && isFresh ? known.entry : await open(bucket, entry, signal);
      const next = entries[index + 1];
      const size = opened.object === null ? 0 : (opened.object.size ?? Infinity);
      if (next !== undefined && size < asksAheadBelowBytes) ahead = openAhead(next);
      yield opened;
    }
  } finally {
    const left = await ahead;
    if (left !== null && 'entry' in left) left.entry.object?.body.destroy();
  }
};
