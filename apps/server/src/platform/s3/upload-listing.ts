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

/** Ceph encodes the keys of this list as it was asked to and does not say so, and leaves the marker as it is. */
const looksEncoded = /^(?:[\w.~/*+-]|%[0-9A-F]{2})*$/i;

/** A page of S3's as ours: keys below the prefix, without it. */
export const pageOfUploads = (
  page: Omit<ListMultipartUploadsCommandOutput, '$metadata'>,
  prefix: string,
): UploadListing => {
  const { Uploads = [], NextKeyMarker, NextUploadIdMarker = '' } = page;
  const saysEncoded = page.EncodingType === 'url';
  const encoded = saysEncoded || Uploads.every(({ Key = '' }) => looksEncoded.test(Key));
  return {
    uploads: Uploads.flatMap(({ Key = '', UploadId, Initiated }) => {
      const key = encoded ? decodeListedKey(Key) : Key;
      if (!key.startsWith(prefix) || UploadId === undefined) return [];
      return [{ key: key.slice(prefix.length), uploadId: UploadId, initiatedAt: Initiated ?? null }];
    }),
    next:
      page.IsTruncated === true && NextKeyMarker !== undefined
        ? writeCursor(saysEncoded ? decodeListedKey(NextKeyMarker) : NextKeyMarker, NextUploadIdMarker)
        : null,
  };
};
