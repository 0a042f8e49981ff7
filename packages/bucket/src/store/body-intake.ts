import type { FileHandle } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { S3Error } from '../s3-error.ts';
import type { BodyDigest, ChecksumAlgorithm } from '../store.ts';
import type { BlobFiles } from './blob-files.ts';
import { createBodyHasher } from './body-hasher.ts';

/** AWS: a single PUT and a part are at most 5 GiB. */
const maxBodyBytes = 5 * 1024 ** 3;

/** Bytes that were read to their end: in memory when small, else in a blob that is on disk but that no record names yet. */
export type TakenBody = { digest: BodyDigest } & (
  | { inline: Buffer; blob: undefined }
  | { inline: undefined; blob: { name: string; size: number } }
);

/**
 * Reads a body once, hashing and writing as it comes; a chunk is hashed while the one before is written. What fails
 * leaves no file. The source is not destroyed, so that its owner can still answer on its connection.
 */
export const takeBody = async (
  body: Readable,
  blobs: BlobFiles,
  options: { algorithms: readonly ChecksumAlgorithm[]; inlineLimitBytes: number },
): Promise<TakenBody> => {
  const hasher = createBodyHasher(options.algorithms);
  let held: Buffer[] = [];
  let size = 0;
  let target: { name: string; file: FileHandle } | undefined;
  let writing: Promise<unknown> = Promise.resolve();
  try {
    for await (const piece of body.iterator({ destroyOnReturn: false })) {
      const chunk: Buffer = Buffer.isBuffer(piece) ? piece : Buffer.from(piece);
      size += chunk.length;
      if (size > maxBodyBytes) throw new S3Error('EntityTooLarge');
      if (target === undefined && size <= options.inlineLimitBytes) {
        hasher.update(chunk);
        held.push(chunk);
        continue;
      }
      target ??= await blobs.create();
      const { file } = target;
      await writing;
      writing = held.length === 0 ? file.writeFile(chunk) : file.writeFile(Buffer.concat([...held, chunk]));
      // Awaited with the next chunk; until then a failure must not count as unhandled.
      writing.catch(() => undefined);
      held = [];
      hasher.update(chunk);
    }
    await writing;
    if (target === undefined)
      return { digest: hasher.finish(), inline: Buffer.concat(held), blob: undefined };
    await target.file.datasync();
    await target.file.close();
    await blobs.settle(target.name);
    return { digest: hasher.finish(), inline: undefined, blob: { name: target.name, size } };
  } catch (error) {
    if (target !== undefined) {
      await writing.catch(() => undefined);
      await target.file.close();
      await blobs.discard([target.name]);
    }
    throw error;
  }
};
