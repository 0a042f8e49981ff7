import { parseCors } from '../cors/cors-configuration.ts';
import type { Handler } from '../http/call.ts';
import { emptyReply } from '../http/reply.ts';
import type { Reply } from '../http/reply.ts';
import { parseLifecycle } from '../lifecycle/index.ts';
import { S3Error } from '../s3-error.ts';
import type { S3ErrorCode } from '../s3-error.ts';
import type { BucketDocument } from '../store.ts';

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

/** Throws InvalidRequest. */
export function readText(bytes: Buffer): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new S3Error('InvalidRequest', 'The body is not UTF-8.', {}, cause);
  }
}
