import type { Call, RightsTarget } from '../http/call.ts';
import { S3Error } from '../s3-error.ts';
import type { WriteCondition } from '../store.ts';

/** AWS: How to prevent object overwrites with conditional writes. */
export function readWriteCondition(header: Call['header']): WriteCondition {
  const ifNoneMatch = header('if-none-match');
  const ifMatch = header('if-match');
  if (ifNoneMatch !== undefined && ifNoneMatch.trim() !== '*') {
    throw new S3Error('InvalidArgument', 'A write takes If-None-Match with * only.', {
      ArgumentName: 'If-None-Match',
    });
  }
  if (ifNoneMatch !== undefined && ifMatch !== undefined) {
    throw new S3Error('InvalidRequest', 'A write takes either If-Match or If-None-Match.');
  }
  if (ifMatch === '') {
    throw new S3Error('InvalidArgument', 'If-Match must name an ETag.', { ArgumentName: 'If-Match' });
  }
  return {
    ifNoneMatch: ifNoneMatch === undefined ? undefined : '*',
    ifMatch: ifMatch === undefined ? undefined : bareEtag(ifMatch),
  };
}

/**
 * Whoever compares an ETag learns something of the object, so it takes the right to read; `*` only asks whether there is
 * one (AWS: Enforce conditional deletes on Amazon S3 buckets). Throws AccessDenied.
 */
export function authorizeComparison(
  call: Pick<Call, 'authorize'>,
  etag: string | undefined,
  target?: RightsTarget,
): void {
  if (etag !== undefined && etag !== '*') call.authorize('s3:GetObject', target);
}

/** An ETag without its quotes; S3 takes it either way. */
export function bareEtag(text: string): string {
  return text.trim().replace(/^"(.*)"$/, '$1');
}
