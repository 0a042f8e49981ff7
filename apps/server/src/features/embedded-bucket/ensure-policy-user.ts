import type { BucketServer } from '@windlass/bucket';
import { Secret } from '../../kernel/secret.ts';
import type { S3Credentials } from '../../platform/s3/index.ts';

/**
 * A user of the embedded bucket that may nothing but what policies allow, and a key of it that works. Both are made
 * where they are missing; a user that is there keeps its standing, its policies and its key.
 *
 * @example await ensurePolicyUser(bucket, 'windlass-server')
 */
export const ensurePolicyUser = async (
  bucket: { readonly iam: Pick<BucketServer['iam'], 'listUsers' | 'createUser'> } & Pick<
    BucketServer,
    'ensureUser'
  >,
  name: string,
): Promise<S3Credentials> => {
  const { iam } = bucket;
  // By itself `ensureUser` would make an owner of buckets; IAM's CreateUser makes one without any right.
  if (!iam.listUsers().some((user) => user.name === name)) await iam.createUser({ name });
  const { accessKeyId, secretAccessKey } = await bucket.ensureUser({ name });
  return { accessKeyId, secretAccessKey: new Secret(secretAccessKey), sessionToken: null };
};
