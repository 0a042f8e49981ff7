import { ownerOf } from '../http/call.ts';
import type { Call } from '../http/call.ts';
import { S3Error } from '../s3-error.ts';

/**
 * Asks for a right on an open upload. Who began it may see and end it without being allowed to, unless a policy denies it
 * (AWS: Multipart upload API and permissions). Throws AccessDenied; an upload that is not there is nobody's.
 */
export async function authorizeUpload(
  call: Call,
  action: 's3:AbortMultipartUpload' | 's3:ListMultipartUploadParts',
): Promise<void> {
  const decision = call.decide(action);
  if (decision.allowed) return;
  const caller = ownerOf(call.verified.principal);
  if (decision.explicit || caller === '' || (await initiatorOf(call)) !== caller) {
    throw new S3Error('AccessDenied', decision.message);
  }
}

async function initiatorOf({ services, bucket, key, query }: Call): Promise<string | undefined> {
  try {
    return (await services.store.getUpload(bucket, key, query.get('uploadId') ?? '')).ownerId;
  } catch (error) {
    if (error instanceof S3Error && error.code === 'NoSuchUpload') return undefined;
    throw error;
  }
}
