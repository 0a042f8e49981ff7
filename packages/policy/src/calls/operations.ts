import { actionFacts, type AccessLevel } from '../facts/action-facts.ts';

/**
 * The operations of the S3 API by the action that authorises them; the first line holds those that are called as their
 * action is. Names that S3 has given up stay, because policies and scripts still say them.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
const table = `:AbortMultipartUpload CreateBucket DeleteBucket DeleteBucketPolicy DeleteBucketWebsite DeleteObject DeleteObjectTagging GetBucketAbac GetBucketAcl GetBucketLocation GetBucketLogging GetBucketNotification GetBucketOwnershipControls GetBucketPolicy GetBucketPolicyStatus GetBucketRequestPayment GetBucketTagging GetBucketVersioning GetBucketWebsite GetObject GetObjectAcl GetObjectAttributes GetObjectLegalHold GetObjectRetention GetObjectTagging GetObjectTorrent PutBucketAbac PutBucketAcl PutBucketLogging PutBucketNotification PutBucketOwnershipControls PutBucketPolicy PutBucketRequestPayment PutBucketTagging PutBucketVersioning PutBucketWebsite PutObject PutObjectAcl PutObjectLegalHold PutObjectRetention PutObjectTagging RestoreObject UpdateObjectEncryption
CreateBucketMetadataTableConfiguration:CreateBucketMetadataConfiguration
DeleteBucketMetadataTableConfiguration:DeleteBucketMetadataConfiguration
DeleteObject:DeleteObjects
GetAccelerateConfiguration:GetBucketAccelerateConfiguration
GetAnalyticsConfiguration:GetBucketAnalyticsConfiguration ListBucketAnalyticsConfigurations
GetBucketCORS:GetBucketCors
GetBucketMetadataTableConfiguration:GetBucketMetadataConfiguration
GetBucketNotification:GetBucketNotificationConfiguration
GetBucketObjectLockConfiguration:GetObjectLockConfiguration
GetBucketPublicAccessBlock:GetPublicAccessBlock
GetEncryptionConfiguration:GetBucketEncryption
GetIntelligentTieringConfiguration:GetBucketIntelligentTieringConfiguration ListBucketIntelligentTieringConfigurations
GetInventoryConfiguration:GetBucketInventoryConfiguration ListBucketInventoryConfigurations
GetLifecycleConfiguration:GetBucketLifecycle GetBucketLifecycleConfiguration
GetMetricsConfiguration:GetBucketMetricsConfiguration ListBucketMetricsConfigurations
GetObject:HeadObject SelectObjectContent
GetReplicationConfiguration:GetBucketReplication
ListAllMyBuckets:ListBuckets
ListBucket:HeadBucket ListObjects ListObjectsV2
ListBucketMultipartUploads:ListMultipartUploads
ListBucketVersions:ListObjectVersions
ListMultipartUploadParts:ListParts
PutAccelerateConfiguration:PutBucketAccelerateConfiguration
PutAnalyticsConfiguration:DeleteBucketAnalyticsConfiguration PutBucketAnalyticsConfiguration
PutBucketCORS:DeleteBucketCors PutBucketCors
PutBucketNotification:PutBucketNotificationConfiguration
PutBucketObjectLockConfiguration:PutObjectLockConfiguration
PutBucketOwnershipControls:DeleteBucketOwnershipControls
PutBucketPublicAccessBlock:DeletePublicAccessBlock PutPublicAccessBlock
PutBucketTagging:DeleteBucketTagging
PutEncryptionConfiguration:DeleteBucketEncryption PutBucketEncryption
PutIntelligentTieringConfiguration:DeleteBucketIntelligentTieringConfiguration PutBucketIntelligentTieringConfiguration
PutInventoryConfiguration:DeleteBucketInventoryConfiguration PutBucketInventoryConfiguration
PutLifecycleConfiguration:DeleteBucketLifecycle PutBucketLifecycle PutBucketLifecycleConfiguration
PutMetricsConfiguration:DeleteBucketMetricsConfiguration PutBucketMetricsConfiguration
PutObject:CompleteMultipartUpload CopyObject CreateMultipartUpload PostObject UploadPart UploadPartCopy
PutReplicationConfiguration:DeleteBucketReplication PutBucketReplication`;

export const operationTargets = ['service', 'bucket', 'object'] as const;
export type OperationTarget = (typeof operationTargets)[number];

export interface Operation {
  /** As the S3 API reference names it. */
  readonly name: string;
  /** The action that every call of it needs; what it sends may ask for more. */
  readonly action: string;
  readonly accessLevel: AccessLevel;
  readonly target: OperationTarget;
  /** Whether it reads a source as well: CopyObject, UploadPartCopy. */
  readonly copies: boolean;
  /** What it can send that policies see, in lower case, e.g. `prefix`, `x-amz-acl`. */
  readonly parameters: readonly string[];
}

/** Beginnings of condition keys that repeat what a call sends. */
const sent = ['s3:x-amz-', 's3:if-', 's3:prefix', 's3:delimiter', 's3:max-keys'];

/** Headers that need an action of their own. */
const headersOfUploads = [
  'x-amz-tagging',
  'x-amz-object-lock-mode',
  'x-amz-object-lock-retain-until-date',
  'x-amz-object-lock-legal-hold',
];

/** A copy names its source as a source. */
const notParameters = new Set(['x-amz-copy-source', 'x-amz-content-sha256']);

/** The action for one version of an object where S3 has a separate one: `s3:GetObject` -> `s3:GetObjectVersion`. */
export const versionAction = (action: string): string | null => {
  const versioned = action.replace('Object', 'ObjectVersion');
  return versioned !== action && actionFacts(versioned) !== null ? versioned : null;
};

const parametersOf = (name: string, action: string, keys: readonly string[]): string[] => {
  if (name === 'HeadBucket') return [];
  const parameters = keys
    .filter((key) => sent.some((beginning) => key.startsWith(beginning)))
    .map((key) => key.slice('s3:'.length).toLowerCase())
    .filter((parameter) => !notParameters.has(parameter));
  if (versionAction(action) !== null) parameters.push('versionid');
  if (action === 's3:PutObject') parameters.push(...headersOfUploads);
  return parameters;
};

const readOperation = (name: string, action: string): Operation => {
  const facts = actionFacts(action);
  const types = facts?.resourceTypes ?? [];
  return {
    name,
    action,
    accessLevel: facts?.accessLevel ?? 'Write',
    target: types.includes('object') ? 'object' : types.includes('bucket') ? 'bucket' : 'service',
    copies: name.endsWith('Copy') || name.startsWith('Copy'),
    parameters: parametersOf(name, action, facts?.conditionKeys ?? []),
  };
};

/** Every operation of the S3 API, by name. */
export const operations: readonly Operation[] = table
  .split('\n')
  .flatMap((line) => {
    const [action = '', names = ''] = line.split(':');
    return names.split(' ').map((name) => readOperation(name, `s3:${action === '' ? name : action}`));
  })
  .toSorted((a, b) => (a.name < b.name ? -1 : 1));

const byName = new Map(operations.map((operation) => [operation.name.toLowerCase(), operation]));

/** An operation by its name, however it is spelt; null for a name that S3 does not have. */
export const operationOf = (name: string): Operation | null => byName.get(name.toLowerCase()) ?? null;
