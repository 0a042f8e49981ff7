export { createBucket } from './bucket-client.ts';
export type {
  Bucket,
  BucketListing,
  BucketObject,
  BucketObjectFacts,
  BucketReader,
  GetObjectOptions,
} from './bucket.ts';
export { describeS3Failure, isRegion, type S3Failure } from './describe-failure.ts';
export type { FailureKind } from './failure-causes.ts';
export {
  createBucketProbe,
  probeEndpoint,
  scrubFor,
  type BucketProbe,
  type EndpointFacts,
  type ProbeOutcome,
} from './probe.ts';
export { createS3Client, type BucketAddress, type S3Credentials } from './s3-client.ts';
export { createScrub, hintOf, type Scrub } from './scrub.ts';
