import type { BucketServer, CorsMethod, CorsRule } from '@windlass/bucket';
import type { Job } from '@windlass/contract';
import {
  capabilityOfJob,
  formatPolicy,
  generate,
  generateCors,
  providerProfiles,
} from '@windlass/policy/generate';
import { Secret } from '../../kernel/secret.ts';
import { createEndpointGuard } from '../../platform/net/index.ts';
import { createBucket, createS3Client, type Bucket, type S3Credentials } from '../../platform/s3/index.ts';
import { ensurePolicyUser } from '../embedded-bucket/index.ts';

/** The embedded bucket as the demo uses it. */
export type DemoBucketServer = Pick<BucketServer, 'url' | 'ensureUser' | 'ensureBucket' | 'putCors' | 'iam'>;

/** A bucket of the demo, and the user whose key its connection has: it may what the jobs need, and nothing else. */
export interface DemoPlace {
  /** Of the bucket, and of the connection to it. */
  readonly name: string;
  readonly jobs: readonly Job[];
  readonly user: string;
  readonly policy: string;
}

/** Owns both buckets; its key writes the pictures and goes no further. */
const ownerName = 'demo';

export const picturesPlace = {
  name: 'demo',
  jobs: ['deliver'],
  user: 'demo-deliver',
  policy: 'deliver',
} as const satisfies DemoPlace;

/** `ingest` receives orders; `gallery` shows their pictures, and deletes them when their days are over. */
export const ordersPlace = {
  name: 'demo-orders',
  jobs: ['ingest', 'gallery'],
  user: 'demo-lab',
  policy: 'lab',
} as const satisfies DemoPlace;

/** Pages of any origin may read what they have a signed URL for; writing is for later jobs to ask. */
const readingCors: CorsRule = {
  allowedOrigins: ['*'],
  allowedMethods: ['GET', 'HEAD'],
  allowedHeaders: ['*'],
  // Without these a page can neither revalidate what it has nor read a picture in ranges.
  exposeHeaders: ['ETag', 'Content-Length', 'Content-Range', 'Accept-Ranges', 'Last-Modified'],
};

const capabilitiesOf = ({ jobs }: DemoPlace) => jobs.map((job) => capabilityOfJob[job]);

/** The rules that the wizard shows for the same jobs. This machine is both names of it, on whichever port a later start has. */
const ordersCors = (publicUrl: string): CorsRule[] => {
  const origins = [new URL(publicUrl).origin, 'http://localhost:*', 'http://127.0.0.1:*'];
  const rules = generateCors(capabilitiesOf(ordersPlace), origins, providerProfiles.embedded) ?? [];
  return rules.map((rule) => ({
    ...(rule.ID === undefined ? {} : { id: rule.ID }),
    allowedOrigins: rule.AllowedOrigins,
    // What packages/policy writes is what S3 takes (AWS: CORSRule, AllowedMethods).
    allowedMethods: rule.AllowedMethods as CorsMethod[],
    allowedHeaders: rule.AllowedHeaders ?? [],
    exposeHeaders: rule.ExposeHeaders ?? [],
    ...(rule.MaxAgeSeconds === undefined ? {} : { maxAgeSeconds: rule.MaxAgeSeconds }),
  }));
};

/** Makes the buckets of the demo and their owner, where they are missing. */
export const ensureDemoBuckets = async (
  server: DemoBucketServer,
  publicUrl: string,
): Promise<S3Credentials> => {
  const { userId, accessKeyId, secretAccessKey } = await server.ensureUser({ name: ownerName });
  await server.ensureBucket(picturesPlace.name, userId);
  await server.putCors(picturesPlace.name, [readingCors]);
  await server.ensureBucket(ordersPlace.name, userId);
  await server.putCors(ordersPlace.name, ordersCors(publicUrl));
  return { accessKeyId, secretAccessKey: new Secret(secretAccessKey), sessionToken: null };
};

/** The key for a connection of the demo: of a user with the policy that the wizard shows for the same jobs and bucket. */
export const ensureDemoKey = async (
  server: Pick<DemoBucketServer, 'ensureUser' | 'iam'>,
  region: string,
  place: DemoPlace,
): Promise<S3Credentials> => {
  const { identity } = generate({
    capabilities: capabilitiesOf(place),
    provider: 'embedded',
    bucket: place.name,
    prefix: '',
    region,
  });
  if (identity === null) throw new Error('the embedded bucket takes no identity policy');
  const key = await ensurePolicyUser(server, place.user);
  await server.iam.putPolicy({ user: place.user }, place.policy, formatPolicy(identity));
  return key;
};

/** The pictures' bucket in the hands of its owner. Nothing but the embedded bucket can be reached through it. */
export const openDemoBucket = (
  { url }: Pick<DemoBucketServer, 'url'>,
  region: string,
  owner: S3Credentials,
): { bucket: Bucket } & Disposable => {
  const guard = createEndpointGuard({ allow: [new URL(url).host] });
  const { name: bucket } = picturesPlace;
  const address = { endpoint: url, region, addressing: 'path', bucket, prefix: '' } as const;
  const client = createS3Client({ guard, address, credentials: owner, maxAttempts: 3 });
  return {
    bucket: createBucket(client, { address, credentials: owner, provider: 'embedded' }),
    [Symbol.dispose]: () => client.destroy(),
  };
};
