import type { Call, Handler } from '../http/call.ts';
import { xmlReply } from '../http/reply.ts';
import { S3Error } from '../s3-error.ts';
import type { S3ErrorCode } from '../s3-error.ts';
import { ownerElement } from './list-objects.ts';
import { missingKey } from './get-object.ts';

/** Reads of features that a bucket here never has on: what S3 answers for a bucket on which nobody turned them on. */
const nothing =
  (root: string): Handler =>
  async () =>
    xmlReply(root, undefined);

const absent =
  (code: S3ErrorCode): Handler =>
  async ({ bucket }) => {
    throw new S3Error(code, undefined, { BucketName: bucket });
  };

export const getBucketVersioning = nothing('VersioningConfiguration');
export const getBucketAccelerate = nothing('AccelerateConfiguration');
export const getBucketLogging = nothing('BucketLoggingStatus');
export const getBucketNotification = nothing('NotificationConfiguration');
export const getBucketEncryption = absent('ServerSideEncryptionConfigurationNotFoundError');
export const getBucketTagging = absent('NoSuchTagSet');
export const getBucketWebsite = absent('NoSuchWebsiteConfiguration');
export const getBucketReplication = absent('ReplicationConfigurationNotFoundError');
export const getObjectLock = absent('ObjectLockConfigurationNotFoundError');

export const getRequestPayment: Handler = async () =>
  xmlReply('RequestPaymentConfiguration', { Payer: 'BucketOwner' });

function ownersAcl(call: Call, ownerId: string): ReturnType<typeof xmlReply> {
  const owner = ownerElement(call, ownerId);
  return xmlReply('AccessControlPolicy', {
    Owner: owner,
    AccessControlList: { Grant: { Grantee: owner, Permission: 'FULL_CONTROL' } },
  });
}

export const getBucketAcl: Handler = async (call) =>
  ownersAcl(call, call.services.store.getBucket(call.bucket)?.ownerId ?? '');

export const getObjectAcl: Handler = async (call) => {
  if ((await call.services.store.headObject(call.bucket, call.key)) === undefined) throw missingKey(call);
  return ownersAcl(call, call.services.store.getBucket(call.bucket)?.ownerId ?? '');
};

/** No object has tags, because none can be set. */
export const getObjectTagging: Handler = async (call) => {
  if ((await call.services.store.headObject(call.bucket, call.key)) === undefined) throw missingKey(call);
  return xmlReply('Tagging', { TagSet: undefined });
};
