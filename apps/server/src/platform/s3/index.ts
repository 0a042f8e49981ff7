export { createBucket, type BucketPlace } from './bucket-client.ts';
export type {
  Bucket,
  BucketListing,
  BucketObject,
  BucketObjectFacts,
  BucketReader,
  BucketStream,
  GetObjectOptions,
  OpenObjectOptions,
} from './bucket.ts';
export type {
  BucketUploads,
  OpenUpload,
  PlannedPart,
  SentPart,
  StoredPart,
  UploadListing,
} from './bucket-uploads.ts';
export { describeS3Failure, isRegion, type S3Failure } from './describe-failure.ts';
export type { FailureKind } from './failure-causes.ts';
export { createBucketProbe, noUploadId, noVersionId, scrubFor, type BucketProbe } from './bucket-probe.ts';
export { decodeListCursor, encodeListCursor } from './list-cursor.ts';
export { fullKey } from './object-key.ts';
export { objectUrl } from './object-url.ts';
export { presignProbe, type PresignedRequest } from './presign-probe.ts';
export { probeEndpoint, type EndpointFacts } from './probe-endpoint.ts';
export type { ProbeOutcome } from './probe-outcome.ts';
export { probePreflight, type PreflightRequest } from './probe-preflight.ts';
export { describeStsFailure } from './describe-sts-failure.ts';
export { createS3Client, type BucketAddress } from './s3-client.ts';
export type { S3Credentials } from './s3-credentials.ts';
export { bucketFailureOf, failureToAppError } from './to-app-error.ts';
export { createScrub, hintOf, type Scrub } from './scrub.ts';
export { uploadProfileOf, type UploadProfile } from './upload-profile.ts';
export {
  createStsClient,
  sessionSeconds,
  type RoleRequest,
  type RoleSession,
  type StsClient,
} from './sts-client.ts';
export { isAwsSts, stsOf, type StsAddress } from './sts-endpoint.ts';
export {
  createBucketAdmin,
  type BucketAdmin,
  type NamedRule,
  type PublicAccess,
  type RuleList,
} from './bucket-admin.ts';
export { createIamAdmin, type IamAdmin, type PolicyHolder } from './iam-admin.ts';
export { iamOf, type IamAddress } from './iam-endpoint.ts';
