import type { BucketServer } from '@windlass/bucket';
import type { Config } from '../config/config.ts';
import type { PlatformKey } from '../features/connections/index.ts';
import { ensurePolicyUser, ownUser } from '../features/embedded-bucket/index.ts';

/** Who this server is to an STS: a user of its own at the embedded bucket, and whom the operator says everywhere else. */
export const makePlatformKeys = async (
  { platformKey }: Config,
  bucket: BucketServer | null,
): Promise<PlatformKey[]> => {
  const keys: PlatformKey[] = [];
  if (bucket !== null) keys.push(...(await keysAtBucket(bucket)));
  if (platformKey !== null) {
    const { principal, ...credentials } = platformKey;
    keys.push({ credentials, principal, stsEndpoint: null });
  }
  return keys;
};

const keysAtBucket = async (bucket: BucketServer): Promise<PlatformKey[]> => {
  const { iam, url, port } = bucket;
  const credentials = await ensurePolicyUser(bucket, ownUser);
  const principal = iam.getUser(ownUser).arn;
  // The names that people give it; a connection keeps the one it was made with.
  return [url, `http://localhost:${port}`].map((stsEndpoint) => ({ credentials, principal, stsEndpoint }));
};
