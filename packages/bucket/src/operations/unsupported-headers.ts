import type { Call } from '../http/call.ts';
import { S3Error } from '../s3-error.ts';

/**
 * Headers of S3 features that this server does not have. Taking them in silence would promise what is not done
 * (encryption, tags), so they are refused as S3 refuses what a provider lacks: 501 NotImplemented.
 */
const unsupported = [
  'x-amz-server-side-encryption',
  'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-context',
  'x-amz-server-side-encryption-bucket-key-enabled',
  'x-amz-server-side-encryption-customer-algorithm',
  'x-amz-server-side-encryption-customer-key',
  'x-amz-server-side-encryption-customer-key-md5',
  'x-amz-copy-source-server-side-encryption-customer-algorithm',
  'x-amz-copy-source-server-side-encryption-customer-key',
  'x-amz-copy-source-server-side-encryption-customer-key-md5',
  'x-amz-tagging',
  'x-amz-website-redirect-location',
  'x-amz-write-offset-bytes',
] as const;

const grants = ['read', 'write', 'read-acp', 'write-acp', 'full-control'].map(
  (right) => `x-amz-grant-${right}`,
);
const objectLock = [
  'x-amz-object-lock-mode',
  'x-amz-object-lock-retain-until-date',
  'x-amz-object-lock-legal-hold',
];

/** Refuses what a write asks for beyond this server's features. Throws NotImplemented and S3's own 4xx. */
export function refuseUnsupportedHeaders(header: Call['header']): void {
  for (const name of unsupported) {
    if (header(name) !== undefined) throw new S3Error('NotImplemented', undefined, { Header: name });
  }
  if (objectLock.some((name) => header(name) !== undefined)) {
    throw new S3Error('InvalidRequest', 'Bucket is missing Object Lock Configuration');
  }
  const storageClass = header('x-amz-storage-class');
  if (storageClass !== undefined && storageClass !== 'STANDARD') throw new S3Error('InvalidStorageClass');
  const acl = header('x-amz-acl');
  // Buckets here belong to their owner with everything in them, as S3 has it since April 2023.
  if (
    (acl !== undefined && acl !== 'private' && acl !== 'bucket-owner-full-control') ||
    grants.some((name) => header(name) !== undefined)
  ) {
    throw new S3Error('AccessControlListNotSupported');
  }
}
