import type { UploadListInput, UploadListResult } from '../store.ts';
import type { BucketState } from './bucket-state.ts';
import { compareKeys } from './key-order.ts';
import { toUploadRecord } from './uploads.ts';

/**
 * AWS, ListMultipartUploads: by key, then by the time of initiation (upload ids begin with it). With both markers, the
 * uploads of the marked key that come after the marked upload follow, then greater keys. An upload id alone is ignored.
 */
export const listUploads = (bucket: BucketState, input: UploadListInput): UploadListResult => {
  const { prefix, delimiter, keyMarker, uploadIdMarker, maxUploads } = input;
  const isAfterMarker = (key: string, uploadId: string): boolean => {
    if (keyMarker === '') return true;
    const order = compareKeys(key, keyMarker);
    return order > 0 || (order === 0 && uploadIdMarker !== '' && uploadId > uploadIdMarker);
  };
  const candidates = [...bucket.uploads]
    .filter(([uploadId, { facts }]) => facts.key.startsWith(prefix) && isAfterMarker(facts.key, uploadId))
    .toSorted(([idA, a], [idB, b]) => compareKeys(a.facts.key, b.facts.key) || (idA < idB ? -1 : 1));

  const result: UploadListResult = {
    uploads: [],
    commonPrefixes: [],
    truncated: false,
    nextKeyMarker: '',
    nextUploadIdMarker: '',
  };
  if (maxUploads <= 0) return result;
  for (const [uploadId, upload] of candidates) {
    const { key } = upload.facts;
    const cut = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
    const commonPrefix = cut < 0 ? undefined : key.slice(0, cut + delimiter.length);
    if (commonPrefix !== undefined) {
      const isGiven = commonPrefix === result.commonPrefixes.at(-1);
      if (isGiven || (keyMarker !== '' && compareKeys(commonPrefix, keyMarker) <= 0)) continue;
    }
    if (result.uploads.length + result.commonPrefixes.length === maxUploads)
      return { ...result, truncated: true };
    if (commonPrefix === undefined) {
      result.uploads.push(toUploadRecord(bucket, uploadId, upload));
      result.nextKeyMarker = key;
      result.nextUploadIdMarker = uploadId;
    } else {
      result.commonPrefixes.push(commonPrefix);
      result.nextKeyMarker = commonPrefix;
      result.nextUploadIdMarker = '';
    }
  }
  return { ...result, nextKeyMarker: '', nextUploadIdMarker: '' };
};
