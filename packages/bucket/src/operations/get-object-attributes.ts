import type { Handler } from '../http/call.ts';
import { xmlReply } from '../http/reply.ts';
import { S3Error } from '../s3-error.ts';
import { checksumElements } from './copy-object.ts';
import { missingKey } from './get-object.ts';
import { refuseVersions } from './version-id.ts';

const attributes = ['ETag', 'Checksum', 'ObjectParts', 'StorageClass', 'ObjectSize'] as const;

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObjectAttributes.html : needs both rights. */
export const getObjectAttributes: Handler = async (call) => {
  refuseVersions(call);
  call.authorize('s3:GetObject');
  const asked = (call.header('x-amz-object-attributes') ?? '').split(',').map((name) => name.trim());
  const unknown = asked.find((name) => !attributes.some((each) => each === name));
  if (unknown !== undefined) {
    throw new S3Error('InvalidArgument', 'Invalid attribute name specified.', {
      ArgumentName: 'x-amz-object-attributes',
      ArgumentValue: unknown.slice(0, 200),
    });
  }
  const record = await call.services.store.headObject(call.bucket, call.key);
  if (record === undefined) throw missingKey(call);
  const has = (name: (typeof attributes)[number]): boolean => asked.includes(name);
  const withChecksum = has('Checksum') && Object.keys(record.checksums).length > 0;
  return xmlReply(
    'GetObjectAttributesResponse',
    {
      ETag: has('ETag') ? record.etag : undefined,
      Checksum: withChecksum ? checksumElements(record) : undefined,
      ObjectParts:
        has('ObjectParts') && record.partSizes.length > 0
          ? { TotalPartsCount: record.partSizes.length }
          : undefined,
      StorageClass: has('StorageClass') ? 'STANDARD' : undefined,
      ObjectSize: has('ObjectSize') ? record.size : undefined,
    },
    { 'last-modified': record.lastModified.toUTCString() },
  );
};
