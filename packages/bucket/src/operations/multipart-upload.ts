import { checksumHeader, checkChecksumValue } from '../body/body-claims.ts';
import { ownerOf } from '../http/call.ts';
import type { Call, Handler } from '../http/call.ts';
import { emptyReply, quoted, xmlReply } from '../http/reply.ts';
import { S3Error } from '../s3-error.ts';
import { checksumAlgorithms } from '../store.ts';
import type { ChecksumAlgorithm, Checksums, ChecksumType } from '../store.ts';
import { all, readXml, requiredText, textOf } from '../xml/read-xml.ts';
import type { XmlElement } from '../xml/read-xml.ts';
import { checksumElements, readChecksumAlgorithm } from './copy-object.ts';
import { expirationOf, readContentHeaders, readMetadata } from './object-headers.ts';
import { refuseUnsupportedHeaders } from './unsupported-headers.ts';
import { authorizeUpload } from './upload-rights.ts';
import { authorizeComparison, bareEtag, readWriteCondition } from './write-condition.ts';

/** Ten thousand parts, each with a checksum. */
const maximumCompleteBytes = 4 * 1024 * 1024;
const maximumParts = 10_000;

export const uploadIdOf = ({ query }: Pick<Call, 'query'>): string => query.get('uploadId') ?? '';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CreateMultipartUpload.html */
export const createMultipartUpload: Handler = async (call) => {
  const { bucket, key, header, services, verified } = call;
  refuseUnsupportedHeaders(header);
  if (header('x-amz-acl') !== undefined) call.authorize('s3:PutObjectAcl');
  const checksumAlgorithm = readChecksumAlgorithm(header);
  const upload = await services.store.createUpload({
    bucket,
    key,
    headers: readContentHeaders(header),
    metadata: readMetadata(call.metadataFields()),
    ownerId: ownerOf(verified.principal),
    checksumAlgorithm,
    checksumType: readChecksumType(header, checksumAlgorithm),
  });
  return xmlReply(
    'InitiateMultipartUploadResult',
    { Bucket: bucket, Key: key, UploadId: upload.uploadId },
    {
      'x-amz-checksum-algorithm': checksumAlgorithm,
      'x-amz-checksum-type': checksumAlgorithm === undefined ? undefined : upload.checksumType,
    },
  );
};

/** AWS: Checking object integrity for data uploads, table "Supported checksum types". */
function readChecksumType(header: Call['header'], algorithm: ChecksumAlgorithm | undefined): ChecksumType {
  const type = header('x-amz-checksum-type')?.toUpperCase();
  if (type === undefined) return algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE';
  const fits =
    type === 'FULL_OBJECT'
      ? algorithm !== 'SHA1' && algorithm !== 'SHA256'
      : type === 'COMPOSITE' && algorithm !== 'CRC64NVME';
  if (!fits || algorithm === undefined) {
    throw new S3Error(
      'InvalidRequest',
      `The ${type.slice(0, 40)} checksum type cannot be used with the ${algorithm ?? 'null'} checksum algorithm.`,
    );
  }
  // `fits` holds for the two types only.
  return type as ChecksumType;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html */
export const completeMultipartUpload: Handler = async (call) => {
  const { bucket, key, header, services, body } = call;
  const condition = readWriteCondition(header);
  authorizeComparison(call, condition.ifMatch);
  const expectedSize = readExpectedSize(header);
  const expectedChecksums = readObjectChecksums(header);
  // An upload that is not there may be one that this very request has completed before: the store knows.
  const uploadId = uploadIdOf(call);
  const root = readXml(
    (await body.readDocument(maximumCompleteBytes, 'signature')).toString(),
    'CompleteMultipartUpload',
  );
  const parts = all(root, 'Part').map(readPart);
  if (parts.length === 0 || parts.length > maximumParts) throw new S3Error('MalformedXML');
  const record = await services.store.completeUpload({
    bucket,
    key,
    uploadId,
    parts,
    condition,
    expectedSize,
    expectedChecksums,
  });
  return xmlReply(
    'CompleteMultipartUploadResult',
    {
      Location: `/${bucket}/${key}`,
      Bucket: bucket,
      Key: key,
      ETag: quoted(record.etag),
      ...checksumElements(record),
    },
    { 'x-amz-expiration': expirationOf(services, bucket, record) },
  );
};

function readPart(element: XmlElement): { partNumber: number; etag: string; checksums: Checksums } {
  const number = requiredText(element, 'PartNumber').trim();
  if (!/^\d{1,5}$/.test(number)) throw new S3Error('MalformedXML');
  const checksums: Checksums = {};
  for (const algorithm of checksumAlgorithms) {
    const value = textOf(element, `Checksum${algorithm}`)?.trim();
    if (value !== undefined) checksums[algorithm] = value;
  }
  return { partNumber: Number(number), etag: bareEtag(requiredText(element, 'ETag')), checksums };
}

function readExpectedSize(header: Call['header']): number | undefined {
  const text = header('x-amz-mp-object-size');
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) {
    throw new S3Error('InvalidRequest', 'Value for x-amz-mp-object-size header is invalid.');
  }
  return Number(text);
}

/** On Complete these headers speak of the whole object, not of the document in the body. */
function readObjectChecksums(header: Call['header']): Checksums | undefined {
  const checksums: Checksums = {};
  for (const algorithm of checksumAlgorithms) {
    const value = header(checksumHeader(algorithm));
    if (value === undefined) continue;
    checkChecksumValue(algorithm, value.replace(/-\d{1,5}$/, ''));
    checksums[algorithm] = value;
  }
  return Object.keys(checksums).length === 0 ? undefined : checksums;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_AbortMultipartUpload.html */
export const abortMultipartUpload: Handler = async (call) => {
  await authorizeUpload(call, 's3:AbortMultipartUpload');
  await call.services.store.abortUpload(call.bucket, call.key, uploadIdOf(call));
  return emptyReply(204);
};
