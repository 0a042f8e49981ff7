import type { UploadSource } from '@windlass/transfer';
import type { OrderFile } from './order-file.ts';

/** The whole of a file with its type, as previews and the browser's storage want it. Nothing is read yet. */
export const bodyOf = (source: UploadSource): Blob =>
  new Blob([source.slice(0, source.size)], { type: source.type ?? '' });

/** A file whose bytes the browser has kept, under the name and time that it had. */
export const sourceOfKept = (
  { name, size, lastModified, type }: Pick<OrderFile, 'name' | 'size' | 'lastModified' | 'type'>,
  body: Blob,
): UploadSource => ({ name, size, lastModified, type, slice: (start, end) => body.slice(start, end) });
