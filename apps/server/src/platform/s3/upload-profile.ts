import type { ChecksumAlgorithm, ProviderId } from '@windlass/contract';
import { providerProfiles, type Known } from '@windlass/policy/generate';
import { s3PartLimits, type PartLimits } from '@windlass/transfer';

/**
 * What a provider can of what keeps an upload from going wrong. What it can not is not sent, for some refuse a header that
 * they do not know; null is sent, and not to be relied upon.
 */
export interface UploadProfile {
  parts: PartLimits;
  /** `If-None-Match: *`: an object is never overwritten. Where this is not true, look before. */
  writeOnce: { put: Known; complete: Known };
  /**
   * `x-amz-mp-object-size`: Complete refuses parts that have not that size together. Without it the size still is what was
   * asked for: every part's URL takes one length only.
   */
  objectSize: Known;
  /** Of a PUT: digests that the bucket compares with what it got. */
  putChecksums: readonly ChecksumAlgorithm[];
  /** Complete compares a CRC-64/NVME of the whole object with what it put together. */
  completeChecksum: boolean;
  /**
   * The server takes `x-amz-` headers that were not signed, which S3 refuses: whoever holds a URL could make their object
   * public, or have the server copy another object into it. There, headers that prevent it are signed (sign-uploads.ts). Null:
   * nobody knows, and some servers refuse headers that they do not have.
   */
  takesUnsigned: Known;
}

const aws: Omit<UploadProfile, 'writeOnce' | 'takesUnsigned'> & { completeOnce: Known } = {
  parts: s3PartLimits,
  completeOnce: true,
  objectSize: true,
  putChecksums: ['sha256', 'crc64nvme'],
  completeChecksum: true,
};

const untried = { ...aws, completeOnce: null, objectSize: null, putChecksums: [], completeChecksum: false };

/**
 * Sources, read in November 2026: AWS S3 API reference, PutObject and CompleteMultipartUpload; R2, conditional operations
 * and S3 API compatibility; B2, S3-compatible API, which answers 501 to headers that it does not have; MinIO, S3 API
 * compatibility. Ceph 16.2 was measured on a running gateway (`tests/conformance/uploads-ceph.test.ts`).
 */
const profiles: Record<ProviderId, typeof aws> = {
  aws,
  embedded: aws,
  r2: { ...untried, completeOnce: true },
  b2: { ...untried, completeOnce: false, objectSize: false },
  wasabi: untried,
  spaces: untried,
  minio: { ...untried, putChecksums: ['sha256'] },
  // It takes the condition on a PUT, and on Complete neither the condition nor the size; it looks at no checksum.
  ceph: { ...untried, completeOnce: false, objectSize: false },
  // Scaleway takes 1,000 parts, and it is not the only one.
  other: { ...untried, parts: { ...s3PartLimits, maxParts: 1000 } },
};

/**
 * @example uploadProfileOf('ceph').writeOnce // { put: true, complete: false }
 */
export const uploadProfileOf = (provider: ProviderId): UploadProfile => {
  const { completeOnce, ...profile } = profiles[provider];
  const { conditionalWrites, takesUnsigned } = providerProfiles[provider];
  return {
    ...profile,
    takesUnsigned,
    writeOnce: { put: conditionalWrites, complete: completeOnce },
  };
};
