import { createHash } from 'node:crypto';

/**
 * The ETag of an object that S3 puts together from these parts: MD5 over the parts' MD5s, and their number (AWS: Checking
 * object integrity, ETags of multipart uploads). Null where a part's ETag is no MD5, as under KMS.
 */
export const expectedEtag = (parts: readonly { etag: string }[]): string | null => {
  if (!parts.every(({ etag }) => /^[0-9a-f]{32}$/.test(etag))) return null;
  const hash = createHash('md5');
  for (const { etag } of parts) hash.update(etag, 'hex');
  return `${hash.digest('hex')}-${parts.length}`;
};
