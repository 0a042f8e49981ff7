import type { ListMultipartUploadsCommandOutput } from '@aws-sdk/client-s3';
import { z } from 'zod';
import { AppError } from '../../kernel/app-error.ts';
import type { UploadListing } from './bucket-uploads.ts';
import { decodeListedKey } from './object-key.ts';

/** S3 goes on after a key and, as a key may have several uploads, after one of them (AWS: ListMultipartUploads). */
const markers = z.tuple([z.string(), z.string()]);

/** @throws AppError invalidRequest */
export const readUploadCursor = (
  cursor: string | undefined,
): { KeyMarker?: string; UploadIdMarker?: string } => {
  if (cursor === undefined) return {};
  try {
    const text = Buffer.from(cursor, 'base64url').toString();
    const [KeyMarker, UploadIdMarker] = markers.parse(JSON.parse(text));
    return { KeyMarker, UploadIdMarker };
  } catch (cause) {
    throw new AppError('invalidRequest', 'The cursor is not one that this list gave out.', { cause });
  }
};

const writeCursor = (keyMarker: string, uploadIdMarker: string): string =>
  Buffer.from(JSON.stringify([keyMarker, uploadIdMarker])).toString('base64url');

/** A page of S3's as ours: keys below the prefix, without it. */
export const pageOfUploads = (
  page: Omit<ListMultipartUploadsCommandOutput, '$metadata'>,
  prefix: string,
): UploadListing => {
  const decode = page.EncodingType === 'url' ? decodeListedKey : (key: string) => key;
  const { NextKeyMarker, NextUploadIdMarker = '' } = page;
  return {
    uploads: (page.Uploads ?? []).flatMap(({ Key, UploadId, Initiated }) => {
      const key = Key === undefined ? '' : decode(Key);
      if (!key.startsWith(prefix) || UploadId === undefined) return [];
      return [{ key: key.slice(prefix.length), uploadId: UploadId, initiatedAt: Initiated ?? null }];
    }),
    next:
      page.IsTruncated === true && NextKeyMarker !== undefined
        ? writeCursor(decode(NextKeyMarker), NextUploadIdMarker)
        : null,
  };
};
