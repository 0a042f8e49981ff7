import type { BucketServer, CorsRule } from '@windlass/bucket';
import { formatPolicy, generate } from '@windlass/policy/generate';
import { Secret } from '../../kernel/secret.ts';
import { createEndpointGuard } from '../../platform/net/index.ts';
import { createBucket, createS3Client, type Bucket, type S3Credentials } from '../../platform/s3/index.ts';
import { ensurePolicyUser } from '../embedded-bucket/index.ts';

/** The embedded bucket as the demo uses it. */
export type DemoBucketServer = Pick<BucketServer, 'url' | 'ensureUser' | 'ensureBucket' | 'putCors' | 'iam'>;

/** Of the bucket, and of the user that owns it. */
export const demoName = 'demo';
/** The user whose key the connection has. It may what the job `deliver` needs, and nothing else. */
const deliverUser = 'demo-deliver';
const deliverPolicy = 'deliver';

/** Pages of any origin may read what they have a signed URL for; writing is for later jobs to ask. */
const cors: CorsRule = {
  allowedOrigins: ['*'],
  allowedMethods: ['GET', 'HEAD'],
  allowedHeaders: ['*'],
  // Without these a page can neither revalidate what it has nor read a picture in ranges.
  exposeHeaders: ['ETag', 'Content-Length', 'Content-Range', 'Accept-Ranges', 'Last-Modified'],
};

/** Makes the bucket of the demo and its owner, where they are missing. The owner's key writes the pictures and goes no further. */
export const ensureDemoBucket = async (server: DemoBucketServer): Promise<S3Credentials> => {
  const { userId, accessKeyId, secretAccessKey } = await server.ensureUser({ name: demoName });
  await server.ensureBucket(demoName, userId);
  await server.putCors(demoName, [cors]);
  return { accessKeyId, secretAccessKey: new Secret(secretAccessKey), sessionToken: null };
};

/** The key for the demo's connection: of a user with the policy that the wizard shows for the same job and bucket. */
export const ensureDeliverKey = async (
  server: Pick<DemoBucketServer, 'ensureUser' | 'iam'>,
  region: string,
): Promise<S3Credentials> => {
  const { identity } = generate({
    capabilities: ['deliver'],
    provider: 'embedded',
    bucket: demoName,
    prefix: '',
    region,
  });
  if (identity === null) throw new Error('the embedded bucket takes no identity policy');
  const key = await ensurePolicyUser(server, deliverUser);
  await server.iam.putPolicy({ user: deliverUser }, deliverPolicy, formatPolicy(identity));
  return key;
};

/** The bucket in the hands of its owner. Nothing but the embedded bucket can be reached through it. */
export const openDemoBucket = (
  { url }: Pick<DemoBucketServer, 'url'>,
  region: string,
  owner: S3Credentials,
): { bucket: Bucket } & Disposable => {
  const guard = createEndpointGuard({ allow: [new URL(url).host] });
  const address = { endpoint: url, region, addressing: 'path', bucket: demoName, prefix: '' } as const;
  const client = createS3Client({ guard, address, credentials: owner, maxAttempts: 3 });
  return {
    bucket: createBucket(client, { address, credentials: owner, provider: 'embedded' }),
    [Symbol.dispose]: () => client.destroy(),
  };
};
