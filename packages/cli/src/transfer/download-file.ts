import { createHash } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as delay } from 'node:timers/promises';
import type { RemoteObject } from './list-objects.ts';

/** Why an object did not come, for a person. */
export class DownloadFailure extends Error {
  override readonly name = 'DownloadFailure';
}

const attempts = 6;
const firstDelayMilliseconds = 300;
const stallMilliseconds = 30_000;

interface DownloadDeps {
  /** A fresh pre-signed GET. */
  sign(): Promise<string>;
  /** Bytes of the file that are there, whenever there are more or, after a restart, fewer. */
  onProgress(bytes: number): void;
}

/**
 * Brings an object to `path`, whole or not at all: it grows beside it under a name that says which version it is, and is gone
 * on with where it stood. The object must not change meanwhile (`If-Unmodified-Since`, RFC 9110 13.1.4).
 *
 * @throws DownloadFailure
 */
export const downloadFile = async (
  object: RemoteObject,
  path: string,
  { sign, onProgress }: DownloadDeps,
): Promise<void> => {
  const partial = partialPath(object, path);
  for (let attempt = 1; ; attempt += 1) {
    try {
      await mkdir(dirname(path), { recursive: true });
      await fetchRest(object, partial, await sign(), onProgress);
      await rename(partial, path);
      return;
    } catch (error) {
      if (attempt === attempts || endsAlike(error)) throw asFailure(error);
      await delay(firstDelayMilliseconds * 2 ** (attempt - 1) * (0.5 + Math.random()));
    }
  }
};

/** Another name for each version, so that what was begun of another is never gone on with. */
const partialPath = ({ key, size, lastModified }: RemoteObject, path: string): string => {
  const version = createHash('sha256')
    .update(JSON.stringify([path, key, size, lastModified]))
    .digest('hex');
  return join(dirname(path), `.windlass-${version.slice(0, 16)}.part`);
};

const fetchRest = async (
  object: RemoteObject,
  partial: string,
  url: string,
  onProgress: (bytes: number) => void,
): Promise<void> => {
  const there = (await stat(partial).catch(() => null))?.size ?? 0;
  const from = there > object.size ? 0 : there;
  onProgress(from);
  if (from === object.size && object.size > 0) return;
  const stalled = new AbortController();
  const watchdog = setTimeout(
    () => stalled.abort(new Error('Nothing came for 30 seconds.')),
    stallMilliseconds,
  );
  try {
    const answer = await fetch(url, {
      headers: {
        'if-unmodified-since': new Date(object.lastModified).toUTCString(),
        ...(from === 0 ? {} : { range: `bytes=${from}-` }),
      },
      signal: stalled.signal,
    });
    await judge(answer, from, partial);
    let bytes = answer.status === 206 ? from : 0;
    if (answer.body !== null)
      await pipeline(
        answer.body,
        async function* count(chunks: AsyncIterable<Uint8Array>) {
          for await (const chunk of chunks) {
            watchdog.refresh();
            bytes += chunk.byteLength;
            onProgress(bytes);
            yield chunk;
          }
        },
        createWriteStream(partial, { flags: bytes === 0 ? 'w' : 'a' }),
      );
    else await pipeline(Readable.from([]), createWriteStream(partial, { flags: 'w' }));
    if (bytes !== object.size) {
      if (bytes > object.size) await rm(partial, { force: true });
      throw new Error(`The bucket sent ${bytes} bytes of ${object.size}.`);
    }
  } finally {
    clearTimeout(watchdog);
  }
};

/** @throws DownloadFailure where another try would end alike, Error where not */
const judge = async (answer: Response, from: number, partial: string): Promise<void> => {
  if (answer.status === 200 || answer.status === 206) return;
  await answer.body?.cancel();
  if (answer.status === 412)
    throw new DownloadFailure('It was changed while it was downloaded: start again.');
  if (answer.status === 404) throw new DownloadFailure('It is not there any more.');
  if (answer.status === 416 && from > 0) await rm(partial, { force: true });
  if (answer.status === 403)
    throw new Error('The bucket refused it: the URL has run out, or the key may not read.');
  throw new Error(`The bucket answered ${answer.status}.`);
};

/** What the disk here says to a name or to the bytes, another time too; `errno(3)`. */
const diskCodes: ReadonlySet<string> = new Set([
  'EACCES',
  'EDQUOT',
  'EEXIST',
  'EFBIG',
  'EISDIR',
  'EINVAL',
  'ENAMETOOLONG',
  'ENOSPC',
  'ENOTDIR',
  'ENOTEMPTY',
  'EPERM',
  'EROFS',
]);

/** Whether another try would end as this one did. */
const endsAlike = (error: unknown): boolean =>
  error instanceof DownloadFailure ||
  (error instanceof Error && 'code' in error && typeof error.code === 'string' && diskCodes.has(error.code));

const asFailure = (error: unknown): DownloadFailure => {
  if (error instanceof DownloadFailure) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? ` (${error.cause.message})` : '';
  return new DownloadFailure(`${error instanceof Error ? error.message : String(error)}${cause}`, {
    cause: error,
  });
};
