import type { guardHeaders } from '@windlass/policy/generate';
import { contentDisposition } from '../../kernel/content-disposition.ts';
import type { BucketUploads } from './bucket-uploads.ts';
import { fullKey } from './object-key.ts';
import type { RequestToSign, SignRequest } from './request-signer.ts';
import type { BucketAddress } from './s3-client.ts';
import type { UploadProfile } from './upload-profile.ts';

/** Headers that a page must be allowed to send, which is why the CORS rules that are made for it name them. */
type Guard = Partial<Record<(typeof guardHeaders)[number], string>>;

/**
 * A range that is none. It says nothing of a PUT that brings its bytes; beside an `x-amz-copy-source` that its sender adds, Ceph
 * takes the request for a copy of a range, and refuses it. Parts go without: Uppy 6 sends a part with no header but its length.
 */
const noCopy = { 'x-amz-copy-source-range': 'none' } satisfies Guard;
/** What an object has anyway: beside it, no other ACL is taken. */
const noAcl = { 'x-amz-acl': 'private' } satisfies Guard;

/** Signed headers, so that S3 refuses a body of any other length, another type, or one that would overwrite something. */
export const signUploads = ({
  address,
  profile,
  sign,
}: {
  address: Pick<BucketAddress, 'prefix'>;
  profile: UploadProfile;
  sign: SignRequest;
}): Pick<BucketUploads, 'signPut' | 'signParts' | 'signGet'> => {
  const signBelow = async (key: string, signal: AbortSignal, request: Omit<RequestToSign, 'key'>) => {
    signal.throwIfAborted();
    return sign({ ...request, key: fullKey(address.prefix, key) });
  };

  return {
    signPut: (key, { size, contentType, checksum, expiresInSeconds, signal }) =>
      signBelow(key, signal, {
        method: 'PUT',
        headers: {
          'content-length': String(size),
          'content-type': contentType,
          ...(profile.writeOnce.put === false ? {} : { 'if-none-match': '*' }),
          ...(profile.takesUnsigned === true ? { ...noCopy, ...noAcl } : {}),
          ...(checksum !== null && profile.putChecksums.includes(checksum.algorithm)
            ? { [`x-amz-checksum-${checksum.algorithm}`]: checksum.value }
            : {}),
        },
        expiresInSeconds,
      }),

    signParts: (key, uploadId, parts, { expiresInSeconds, signal }) =>
      Promise.all(
        parts.map(async ({ number, size }) => ({
          ...(await signBelow(key, signal, {
            method: 'PUT',
            query: { partNumber: String(number), uploadId },
            headers: { 'content-length': String(size) },
            expiresInSeconds,
          })),
          number,
        })),
      ),

    signGet: (key, { disposition, contentType, expiresInSeconds, signal }) =>
      signBelow(key, signal, {
        method: 'GET',
        query: {
          'response-content-disposition': contentDisposition(disposition),
          ...(contentType === undefined ? {} : { 'response-content-type': contentType }),
        },
        expiresInSeconds,
      }),
  };
};
