import { mediaType } from '@windlass/contract';
import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import type { WantedFile } from '../transfers/index.ts';

const MiB = 1024 * 1024;
/** S3's least part but for the last, and its most parts: what both clients cut by (their `getChunkSize`, unless it is set). */
const leastPartBytes = 5 * MiB;
const mostParts = 10_000;

const bytes = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);
/** What a page adds to a file's metadata. Other fields of it are the page's own, and are kept nowhere. */
const knownMetadata = z.object({
  size: bytes.optional().catch(undefined),
  /** Where the page has a `getChunkSize` of its own. */
  partSize: bytes.min(1).optional().catch(undefined),
  /** Of a folder that was dropped; the second client writes null as a word. */
  relativePath: z
    .string()
    .min(1)
    .refine((path) => path !== 'null' && path !== 'undefined')
    .optional()
    .catch(undefined),
});

/** A file as a client names it. */
export interface NamedFile {
  name: string;
  type: unknown;
  metadata: Readonly<Record<string, unknown>>;
}

const sizeNeeded =
  'The size of the file is needed, since what is signed takes exactly so many bytes: add it to the metadata as `size`, e.g. uppy.on("file-added", (file) => uppy.setFileMeta(file.id, { size: file.size })).';

const typeOf = (type: unknown): string => {
  // Parameters (`;charset=utf-8`) are no part of the type that is signed, and some files have none.
  const bare = mediaType.safeParse(typeof type === 'string' ? type.split(';', 1)[0]?.trim() : '');
  return bare.success ? bare.data : 'application/octet-stream';
};

/**
 * What the ledger is asked for.
 *
 * @param cut `parts`: in parts of the client's own size; `whole`: one PUT
 * @throws AppError invalidRequest without a size
 * @example wantedFile({ name: 'a.mov', type: 'video/quicktime', metadata: { size: 20_000_000 } }, 'parts').partSize // 5 MiB
 */
export const wantedFile = ({ name, type, metadata }: NamedFile, cut: 'parts' | 'whole'): WantedFile => {
  const { size, partSize, relativePath } = knownMetadata.parse(metadata);
  if (size === undefined) {
    throw new AppError('invalidRequest', sizeNeeded, {
      errors: [{ path: 'metadata.size', message: 'is missing' }],
    });
  }
  return {
    name: relativePath ?? name,
    type: typeOf(type),
    size,
    partSize: cut === 'whole' ? null : Math.max(leastPartBytes, partSize ?? 0, Math.ceil(size / mostParts)),
  };
};
