import { parseCors } from '../cors/cors-configuration.ts';
import type { Handler } from '../http/call.ts';
import { emptyReply } from '../http/reply.ts';
import type { Reply } from '../http/reply.ts';
import { parseLifecycle } from '../lifecycle/index.ts';
import { S3Error } from '../s3-error.ts';
import type { S3ErrorCode } from '../s3-error.ts';
import type { BucketDocument } from '../store.ts';

/** AWS: bucket policies are limited to 20 KB. */
const maximumPolicyBytes = 20 * 1024;
/** AWS: PutBucketCors, 64 KB. Lifecycle has 1,000 rules; a megabyte holds them. */
const maximumCorsBytes = 64 * 1024;
const maximumLifecycleBytes = 1024 * 1024;

const get =
  (document: BucketDocument, missing: S3ErrorCode, contentType: string): Handler =>
  async ({ services, bucket }): Promise<Reply> => {
    const text = services.store.getDocument(bucket, document);
    if (text === undefined) throw new S3Error(missing, undefined, { BucketName: bucket });
    return { status: 200, headers: { 'content-type': contentType }, body: Buffer.from(text) };
  };

const put =
  (document: BucketDocument, maximumBytes: number, status: number, check: (text: string) => void): Handler =>
  async ({ services, bucket, body }) => {
    const text = readText(await body.readDocument(maximumBytes));
    check(text);
    await services.store.putDocument(bucket, document, text);
    return emptyReply(status);
  };

const remove =
  (document: BucketDocument): Handler =>
  async ({ services, bucket }) => {
    await services.store.putDocument(bucket, document, undefined);
    return emptyReply(204);
  };

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketCors.html and its siblings */
export const getBucketCors = get('cors', 'NoSuchCORSConfiguration', 'application/xml');
export const putBucketCors = put('cors', maximumCorsBytes, 200, parseCors);
export const deleteBucketCors = remove('cors');

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketLifecycleConfiguration.html and its siblings */
export const getBucketLifecycle = get('lifecycle', 'NoSuchLifecycleConfiguration', 'application/xml');
export const putBucketLifecycle = put('lifecycle', maximumLifecycleBytes, 200, parseLifecycle);
export const deleteBucketLifecycle = remove('lifecycle');

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html and its siblings */
export const getBucketPolicy = get('policy', 'NoSuchBucketPolicy', 'application/json');
/**
 * Kept and shown as S3 does. Who may do what is the authorisation port's to decide: it is given this text with every
 * question, and `authorizeOwner` lets nobody in whom a policy could shut out but the owner.
 */
export const putBucketPolicy = put('policy', maximumPolicyBytes, 204, checkPolicy);
export const deleteBucketPolicy = remove('policy');

function checkPolicy(text: string): void {
  let policy: unknown;
  try {
    policy = JSON.parse(text);
  } catch (cause) {
    throw new S3Error(
      'MalformedPolicy',
      "Policies must be valid JSON and the first byte must be '{'",
      {},
      cause,
    );
  }
  if (typeof policy !== 'object' || policy === null || Array.isArray(policy)) {
    throw new S3Error('MalformedPolicy', "Policies must be valid JSON and the first byte must be '{'");
  }
  if (!('Statement' in policy) || typeof policy.Statement !== 'object' || policy.Statement === null) {
    throw new S3Error('MalformedPolicy', 'Missing required field Statement');
  }
}

function readText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new S3Error('InvalidRequest', 'The body is not UTF-8.', {}, cause);
  }
}
