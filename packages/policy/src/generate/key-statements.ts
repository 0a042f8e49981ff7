import type { Statement } from '../document/policy-document.ts';
import type { Grant } from '../jobs/grants.ts';

/**
 * The use of the KMS key that a bucket encrypts with. Uploads in parts read back what they wrote, so they need to decrypt.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/mpuoverview.html (multipart upload and KMS)
 */
export const keyStatements = (grants: readonly Grant[], kmsKey: string | undefined): Statement[] => {
  if (kmsKey === undefined) return [];
  const writes = grants.some(({ right }) => right === 'write');
  if (!writes && !grants.some(({ right }) => right === 'read')) return [];
  return [
    {
      Sid: 'UseKey',
      Effect: 'Allow',
      Action: writes ? ['kms:Decrypt', 'kms:GenerateDataKey'] : 'kms:Decrypt',
      Resource: kmsKey,
    },
  ];
};
