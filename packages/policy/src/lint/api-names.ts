/**
 * Calls of the S3 API whose name is no action, with the actions that authorise them.
 *
 * Source: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-with-s3-policy-actions.html
 */
const table = `HeadObject SelectObjectContent GetObjectContent:GetObject
ListObjects ListObjectsV2 HeadBucket:ListBucket
ListObjectVersions:ListBucketVersions
ListParts:ListMultipartUploadParts
ListMultipartUploads:ListBucketMultipartUploads
PostObject CreateMultipartUpload InitiateMultipartUpload UploadPart CompleteMultipartUpload UploadObject:PutObject
CopyObject UploadPartCopy:GetObject PutObject
DeleteObjects DeleteMultipleObjects:DeleteObject
ListBuckets GetService:ListAllMyBuckets
GetBucketEncryption:GetEncryptionConfiguration
PutBucketEncryption DeleteBucketEncryption:PutEncryptionConfiguration
GetPublicAccessBlock:GetBucketPublicAccessBlock
PutPublicAccessBlock DeletePublicAccessBlock DeleteBucketPublicAccessBlock:PutBucketPublicAccessBlock
GetBucketLifecycle GetBucketLifecycleConfiguration:GetLifecycleConfiguration
PutBucketLifecycle PutBucketLifecycleConfiguration DeleteBucketLifecycle DeleteBucketLifecycleConfiguration:PutLifecycleConfiguration
GetBucketReplication GetBucketReplicationConfiguration:GetReplicationConfiguration
PutBucketReplication PutBucketReplicationConfiguration DeleteBucketReplication:PutReplicationConfiguration
GetBucketAccelerateConfiguration:GetAccelerateConfiguration
PutBucketAccelerateConfiguration:PutAccelerateConfiguration
GetBucketAnalyticsConfiguration ListBucketAnalyticsConfigurations:GetAnalyticsConfiguration
PutBucketAnalyticsConfiguration DeleteBucketAnalyticsConfiguration:PutAnalyticsConfiguration
GetBucketInventoryConfiguration ListBucketInventoryConfigurations:GetInventoryConfiguration
PutBucketInventoryConfiguration DeleteBucketInventoryConfiguration:PutInventoryConfiguration
GetBucketMetricsConfiguration ListBucketMetricsConfigurations:GetMetricsConfiguration
PutBucketMetricsConfiguration DeleteBucketMetricsConfiguration:PutMetricsConfiguration
GetBucketIntelligentTieringConfiguration ListBucketIntelligentTieringConfigurations:GetIntelligentTieringConfiguration
PutBucketIntelligentTieringConfiguration DeleteBucketIntelligentTieringConfiguration:PutIntelligentTieringConfiguration
GetBucketNotificationConfiguration:GetBucketNotification
PutBucketNotificationConfiguration:PutBucketNotification
DeleteBucketCors:PutBucketCORS
DeleteBucketTagging:PutBucketTagging
DeleteBucketOwnershipControls:PutBucketOwnershipControls
GetObjectLockConfiguration:GetBucketObjectLockConfiguration
PutObjectLockConfiguration:PutBucketObjectLockConfiguration`;

const byName = new Map(
  table.split('\n').flatMap((line) => {
    const [calls = '', actions = ''] = line.split(':');
    return calls
      .split(' ')
      .map(
        (call) =>
          [call.toLowerCase(), { call, actions: actions.split(' ').map((name) => `s3:${name}`) }] as const,
      );
  }),
);

/**
 * What authorises an API call that has no action of its own name; null for anything else.
 *
 * @example actionsOfApiName('s3:headobject') // { call: 'HeadObject', actions: ['s3:GetObject'] }
 */
export const actionsOfApiName = (action: string): { call: string; actions: readonly string[] } | null =>
  action.toLowerCase().startsWith('s3:') ? (byName.get(action.slice(3).toLowerCase()) ?? null) : null;
