import type { Call } from '../http/call.ts';
import { S3Error } from '../s3-error.ts';

/** Buckets here are never versioned: the only version there can be is `null` (AWS: Using versioning). */
export function refuseVersions({ query }: Pick<Call, 'query'>): void {
  refuseVersion(query.get('versionId'));
}

export function refuseVersion(versionId: string | undefined): void {
  if (versionId !== undefined && versionId !== '' && versionId !== 'null') {
    throw new S3Error('InvalidArgument', 'Invalid version id specified', {
      ArgumentName: 'versionId',
      ArgumentValue: versionId,
    });
  }
}
