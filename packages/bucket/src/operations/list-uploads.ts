import type { Handler } from '../http/call.ts';
import { quoted, xmlReply } from '../http/reply.ts';
import { checksumElements } from './copy-object.ts';
import { integerParameter } from './integer-parameter.ts';
import { readListEncoding } from './list-encoding.ts';
import { ownerElement } from './list-objects.ts';
import { uploadIdOf } from './multipart-upload.ts';
import { authorizeUpload } from './upload-rights.ts';

const pageSize = 1000;
const anyNumber = { minimum: 0, maximum: 2_147_483_647 };

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListParts.html */
export const listParts: Handler = async (call) => {
  const { bucket, key, query, services } = call;
  await authorizeUpload(call, 's3:ListMultipartUploadParts');
  const { encode, name } = readListEncoding(query);
  const after = integerParameter(query, 'part-number-marker', anyNumber) ?? 0;
  const size = Math.min(integerParameter(query, 'max-parts', anyNumber) ?? pageSize, pageSize);
  const uploadId = uploadIdOf(call);
  const upload = await services.store.getUpload(bucket, key, uploadId);
  const parts = (await services.store.listParts(bucket, key, uploadId)).filter(
    ({ partNumber }) => partNumber > after,
  );
  const page = parts.slice(0, size);
  return xmlReply('ListPartsResult', {
    Bucket: bucket,
    Key: encode(key),
    EncodingType: name,
    UploadId: uploadId,
    Initiator: ownerElement(call, upload.ownerId),
    Owner: ownerElement(call, services.store.getBucket(bucket)?.ownerId ?? ''),
    StorageClass: 'STANDARD',
    PartNumberMarker: after,
    NextPartNumberMarker: page.at(-1)?.partNumber ?? 0,
    MaxParts: size,
    IsTruncated: size > 0 && parts.length > page.length,
    ChecksumAlgorithm: upload.checksumAlgorithm,
    ChecksumType: upload.checksumAlgorithm === undefined ? undefined : upload.checksumType,
    Part: page.map((part) => ({
      PartNumber: part.partNumber,
      LastModified: part.lastModified,
      ETag: quoted(part.etag),
      Size: part.size,
      ...checksumElements(part),
    })),
  });
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListMultipartUploads.html */
export const listMultipartUploads: Handler = async (call) => {
  const { bucket, query, services } = call;
  const { encode, name } = readListEncoding(query);
  const prefix = query.get('prefix') ?? '';
  const delimiter = query.get('delimiter') ?? '';
  const keyMarker = query.get('key-marker') ?? '';
  const uploadIdMarker = keyMarker === '' ? '' : (query.get('upload-id-marker') ?? '');
  const maxUploads = Math.min(integerParameter(query, 'max-uploads', anyNumber) ?? pageSize, pageSize);
  const found = await services.store.listUploads(bucket, {
    prefix,
    delimiter,
    keyMarker,
    uploadIdMarker,
    maxUploads,
  });
  return xmlReply('ListMultipartUploadsResult', {
    Bucket: bucket,
    KeyMarker: encode(keyMarker),
    UploadIdMarker: uploadIdMarker,
    NextKeyMarker: found.truncated ? encode(found.nextKeyMarker) : undefined,
    NextUploadIdMarker: found.truncated ? found.nextUploadIdMarker : undefined,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    EncodingType: name,
    MaxUploads: maxUploads,
    IsTruncated: found.truncated,
    Upload: found.uploads.map((upload) => ({
      Key: encode(upload.key),
      UploadId: upload.uploadId,
      Initiator: ownerElement(call, upload.ownerId),
      Owner: ownerElement(call, services.store.getBucket(bucket)?.ownerId ?? ''),
      StorageClass: 'STANDARD',
      Initiated: upload.initiatedAt,
      ChecksumAlgorithm: upload.checksumAlgorithm,
      ChecksumType: upload.checksumAlgorithm === undefined ? undefined : upload.checksumType,
    })),
    CommonPrefixes: found.commonPrefixes.map((each) => ({ Prefix: encode(each) })),
  });
};
