import { isPublicStatement } from '@windlass/policy';
import type { PolicyDocument } from '@windlass/policy';
import type { Call, Handler, Services } from '../http/call.ts';
import { emptyReply, xmlReply } from '../http/reply.ts';
import { readPolicy } from '../iam/read-policy.ts';
import { S3Error } from '../s3-error.ts';
import { readText } from './bucket-configuration.ts';

/** AWS: bucket policies are limited to 20 KB. */
const maximumPolicyBytes = 20 * 1024;

/** S3 reads the policy before it stores it, and again for Block Public Access (AWS: BlockPublicPolicy). */
export async function storeBucketPolicy(
  { store, documents, isPrincipal }: Pick<Services, 'store' | 'documents' | 'isPrincipal'>,
  bucket: string,
  text: string,
): Promise<void> {
  if (Buffer.byteLength(text) > maximumPolicyBytes) {
    throw new S3Error('MalformedPolicy', 'Policies must not exceed 20480 bytes');
  }
  const { document, problem } = readPolicy(text, { kind: 'bucket', bucket, isPrincipal });
  if (problem !== undefined) throw new S3Error('MalformedPolicy', problem);
  if (documents.publicAccessBlock(bucket)?.blockPublicPolicy === true && isPublic(document)) {
    throw new S3Error(
      'AccessDenied',
      'Access Denied because public policies are prevented by the BlockPublicPolicy setting in S3 Block Public Access.',
    );
  }
  await store.putDocument(bucket, 'policy', text);
}

const isPublic = ({ Statement }: PolicyDocument): boolean => [Statement].flat().some(isPublicStatement);

const missing = (bucket: string): S3Error =>
  new S3Error('NoSuchBucketPolicy', undefined, { BucketName: bucket });

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicy.html */
export const getBucketPolicy: Handler = async ({ services, bucket }) => {
  const text = services.store.getDocument(bucket, 'policy');
  if (text === undefined) throw missing(bucket);
  return { status: 200, headers: { 'content-type': 'application/json' }, body: Buffer.from(text) };
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutBucketPolicy.html */
export const putBucketPolicy: Handler = async ({ services, bucket, body }: Call) => {
  await storeBucketPolicy(services, bucket, readText(await body.readDocument(maximumPolicyBytes)));
  return emptyReply(204);
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteBucketPolicy.html */
export const deleteBucketPolicy: Handler = async ({ services, bucket }) => {
  await services.store.putDocument(bucket, 'policy', undefined);
  return emptyReply(204);
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetBucketPolicyStatus.html */
export const getBucketPolicyStatus: Handler = async ({ services, bucket }) => {
  const policy = services.documents.policy(bucket);
  if (policy === undefined) throw missing(bucket);
  return xmlReply('PolicyStatus', { IsPublic: isPublic(policy) });
};
