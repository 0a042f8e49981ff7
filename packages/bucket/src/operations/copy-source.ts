import type { Call } from '../http/call.ts';
import { decodePercent } from '../http/percent.ts';
import { checkedKey } from '../http/request-target.ts';
import { S3Error } from '../s3-error.ts';
import type { ObjectRecord, OpenedObject } from '../store.ts';
import { checkBucketName } from './bucket-name.ts';
import { missingKey } from './get-object.ts';
import { isNotModified } from './read-conditions.ts';
import { refuseVersion } from './version-id.ts';

export interface CopySource {
  bucket: string;
  key: string;
}

/** `[/]bucket/key[?versionId=…]`, percent-encoded (AWS: CopyObject, x-amz-copy-source). Throws InvalidArgument. */
export function parseCopySource(header: string): CopySource {
  const invalid = (): S3Error =>
    new S3Error(
      'InvalidArgument',
      'Copy Source must mention the source bucket and key: sourcebucket/sourcekey',
      {
        ArgumentName: 'x-amz-copy-source',
        ArgumentValue: header.slice(0, 200),
      },
    );
  const [path = '', version] = header.split(/\?versionId=/, 2);
  refuseVersion(version);
  let decoded: string;
  try {
    // Some clients send the key unencoded: what was one byte per character is then the key's UTF-8.
    decoded = decodePercent(path.replaceAll(/[^\x21-\x7e]/g, (character) => encodeByte(character)));
  } catch (cause) {
    throw new S3Error('InvalidArgument', invalid().message, { ArgumentName: 'x-amz-copy-source' }, cause);
  }
  const match = /^\/?([^/]+)\/(.+)$/s.exec(decoded);
  const [, bucket, key] = match ?? [];
  if (bucket === undefined || key === undefined) throw invalid();
  checkBucketName(bucket);
  checkedKey(key);
  return { bucket, key };
}

const encodeByte = (character: string): string => `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`;

/** Asks for the second right of a copy, then opens the source under the copy's own conditions. */
export async function openCopySource(call: Call, source: CopySource): Promise<OpenedObject> {
  if (call.services.store.getBucket(source.bucket) === undefined) {
    throw new S3Error('NoSuchBucket', undefined, { BucketName: source.bucket });
  }
  call.authorize('s3:GetObject', source);
  const opened = await call.services.store.openObject(source.bucket, source.key);
  if (opened === undefined) throw missingKey(call, source.key, source.bucket);
  try {
    checkConditions(call, opened.record);
  } catch (error) {
    await opened.close();
    throw error;
  }
  return opened;
}

/** A copy has no 304: a condition that does not hold is 412 (AWS: CopyObject, x-amz-copy-source-if-*). */
function checkConditions({ header }: Call, record: ObjectRecord): void {
  const has = isNotModified(
    {
      ifMatch: header('x-amz-copy-source-if-match'),
      ifNoneMatch: header('x-amz-copy-source-if-none-match'),
      ifModifiedSince: header('x-amz-copy-source-if-modified-since'),
      ifUnmodifiedSince: header('x-amz-copy-source-if-unmodified-since'),
    },
    record,
  );
  if (has) throw new S3Error('PreconditionFailed');
}
