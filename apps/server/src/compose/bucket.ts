import { join } from 'node:path';
import { createBucketServer, type BucketLog, type BucketServer } from '@windlass/bucket';
import type { Config } from '../config/config.ts';
import type { Log } from '../kernel/log.ts';
import {
  createEndpointGuard,
  createFetchJson,
  parseEndpoint,
  type EndpointGuard,
} from '../platform/net/index.ts';
import type { Addresses } from './addresses.ts';

export const bucketRegion = 'us-east-1';

const bucketLog =
  (log: Log): BucketLog =>
  ({ level, error, ...facts }) =>
    log[level]({ ...facts, ...(error === undefined ? {} : { err: error }) }, 'bucket answered');

/**
 * Identity providers are named by whoever may write policies at the bucket, which need not be the operator: they are
 * reached as endpoints of connections are, and our own issuer wherever it is.
 */
const providerGuard = ({ allowEndpoints }: Config, publicUrl: string): EndpointGuard => {
  const { host, port } = parseEndpoint(new URL(publicUrl).origin);
  const own = host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
  return createEndpointGuard({ allow: [...allowEndpoints, own] });
};

/** The embedded bucket with its administrator `windlass`, or null where it is off. */
export const startBucket = async (
  { config, log }: { config: Config; log: Log },
  { bucketPort, publicUrl }: Addresses,
): Promise<BucketServer | null> => {
  if (config.bucket === 'off') return null;
  const bucket = await createBucketServer({
    dataDirectory: join(config.dataDirectory, 'bucket'),
    host: config.host,
    port: bucketPort,
    region: bucketRegion,
    log: bucketLog(log.child({ part: 'bucket' })),
    fetchDocument: createFetchJson(providerGuard(config, publicUrl)),
  });
  const keys = config.bucketKeys;
  await bucket.ensureUser({
    name: 'windlass',
    administrator: true,
    ...(keys === null
      ? {}
      : { accessKeyId: keys.accessKeyId, secretAccessKey: keys.secretAccessKey.reveal() }),
  });
  return bucket;
};
