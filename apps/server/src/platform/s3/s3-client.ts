import { S3Client } from '@aws-sdk/client-s3';
import type { Addressing } from '@windlass/contract';
import type { EndpointGuard } from '../net/index.ts';
import { toSdkCredentials, type S3Credentials } from './s3-credentials.ts';
import { sdkClientConfig } from './sdk-client-config.ts';

/** Which bucket, and how it is reached. */
export interface BucketAddress {
  endpoint: string;
  region: string;
  addressing: Addressing;
  bucket: string;
  /** Empty, or ends in a slash. */
  prefix: string;
}

interface ClientOptions {
  guard: EndpointGuard;
  address: BucketAddress;
  credentials: S3Credentials;
  /** Tries of one call, the first included. */
  maxAttempts: number;
  /** Added to this machine's clock when signing. */
  clockOffsetMilliseconds?: number;
}

/**
 * The AWS SDK's client, kept to one endpoint. Nothing of the machine's own AWS configuration reaches it.
 * Redirects are not followed; a wrong region comes back as an error. Call `destroy()` when done.
 */
export const createS3Client = ({ guard, address, credentials, ...options }: ClientOptions): S3Client => {
  const virtual = address.addressing === 'virtual';
  const agents = guard.agentsFor(address.endpoint, virtual ? { bucket: address.bucket } : {});
  return new S3Client({
    ...sdkClientConfig({
      agents,
      region: address.region,
      clockOffsetMilliseconds: options.clockOffsetMilliseconds,
    }),
    credentials: toSdkCredentials(credentials),
    maxAttempts: options.maxAttempts,
    forcePathStyle: !virtual,
    followRegionRedirects: false,
    useArnRegion: false,
    useAccelerateEndpoint: false,
    disableMultiregionAccessPoints: true,
    // A bucket named like an S3 Express one would else be asked for a session first.
    disableS3ExpressSessionAuth: true,
    // The default adds checksums that many S3 servers refuse.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
};
