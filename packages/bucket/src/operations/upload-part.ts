import { checkBodyClaims, claimedAlgorithms } from '../body/body-claims.ts';
import { maximumPutBytes } from '../body/request-body.ts';
import type { Call, Handler } from '../http/call.ts';
import { emptyReply, quoted, xmlReply } from '../http/reply.ts';
import { S3Error } from '../s3-error.ts';
import type { ChecksumAlgorithm, Checksums } from '../store.ts';
import { checksumElements } from './copy-object.ts';
import { openCopySource, parseCopySource } from './copy-source.ts';
import { integerParameter } from './integer-parameter.ts';
import { uploadIdOf } from './multipart-upload.ts';
import { checksumHeaders } from './object-headers.ts';
import { refuseUnsupportedHeaders } from './unsupported-headers.ts';

function partNumberOf({ query }: Call): number {
  const partNumber = integerParameter(query, 'partNumber', { minimum: 1, maximum: 10_000 });
  if (partNumber === undefined) {
    throw new S3Error('InvalidArgument', 'This operation does not accept a query-string without partNumber.');
  }
  return partNumber;
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPart.html */
export const uploadPart: Handler = async (call) => {
  const { bucket, key, services, body } = call;
  refuseUnsupportedHeaders(call.header);
  const partNumber = partNumberOf(call);
  const uploadId = uploadIdOf(call);
  const { claims } = body;
  const upload = await services.store.getUpload(bucket, key, uploadId);
  const expected = upload.checksumAlgorithm;
  const actual = claims.checksum?.algorithm ?? claims.trailerAlgorithm;
  if (expected !== undefined && actual !== undefined && expected !== actual) {
    throw new S3Error(
      'InvalidRequest',
      `Checksum Type mismatch occurred, expected checksum Type: ${expected.toLowerCase()}, actual checksum Type: ${actual.toLowerCase()}`,
    );
  }
  const algorithms = withAlgorithm(claimedAlgorithms(claims), expected);
  const part = await services.store.putPart({
    bucket,
    key,
    uploadId,
    partNumber,
    body: body.open(),
    algorithms,
    verify: (found) => ({
      ...checkBodyClaims(claims, found, body.trailers()),
      ...kept(found.checksums, expected),
    }),
  });
  return emptyReply(200, {
    etag: quoted(part.etag),
    ...checksumHeaders(part),
  });
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_UploadPartCopy.html */
export const uploadPartCopy: Handler = async (call) => {
  const { bucket, key, services, header } = call;
  refuseUnsupportedHeaders(header);
  const partNumber = partNumberOf(call);
  const uploadId = uploadIdOf(call);
  const source = parseCopySource(header('x-amz-copy-source') ?? '');
  const opened = await openCopySource(call, source);
  try {
    const upload = await services.store.getUpload(bucket, key, uploadId);
    const expected = upload.checksumAlgorithm;
    const range = readCopyRange(header('x-amz-copy-source-range'), opened.record.size);
    const part = await services.store.putPart({
      bucket,
      key,
      uploadId,
      partNumber,
      body: opened.read(range),
      algorithms: withAlgorithm([], expected),
      verify: (found) => kept(found.checksums, expected),
    });
    return xmlReply('CopyPartResult', {
      LastModified: part.lastModified,
      ETag: quoted(part.etag),
      ...checksumElements(part),
    });
  } finally {
    await opened.close();
  }
};

/** Only `bytes=first-last`, inside the source (AWS: UploadPartCopy, x-amz-copy-source-range). */
function readCopyRange(text: string | undefined, size: number): { start: number; end: number } | undefined {
  if (text === undefined) {
    if (size > maximumPutBytes) throw new S3Error('InvalidRequest', 'The copy source is larger than 5 GiB.');
    return undefined;
  }
  const match = /^bytes=(\d{1,15})-(\d{1,15})$/.exec(text);
  const start = Number(match?.[1]);
  const end = Number(match?.[2]);
  if (match === null || start > end) {
    throw new S3Error(
      'InvalidArgument',
      'The x-amz-copy-source-range value must be of the form bytes=first-last where first and last are the zero-based offsets of the first and last bytes to copy',
      {
        ArgumentName: 'x-amz-copy-source-range',
      },
    );
  }
  if (end >= size) {
    throw new S3Error('InvalidArgument', `Range specified is not valid for source object of size: ${size}`, {
      ArgumentName: 'x-amz-copy-source-range',
    });
  }
  if (end - start >= maximumPutBytes) throw new S3Error('EntityTooLarge');
  return { start, end };
}

const withAlgorithm = (
  algorithms: readonly ChecksumAlgorithm[],
  expected: ChecksumAlgorithm | undefined,
): ChecksumAlgorithm[] => [...new Set(expected === undefined ? algorithms : [...algorithms, expected])];

const kept = (found: Checksums, expected: ChecksumAlgorithm | undefined): Checksums =>
  expected === undefined ? {} : { [expected]: found[expected] };
