import { maximumPutBytes } from '../body/request-body.ts';
import { ownerOf } from '../http/call.ts';
import type { Call, Handler } from '../http/call.ts';
import { quoted, xmlReply } from '../http/reply.ts';
import { S3Error } from '../s3-error.ts';
import type { ChecksumAlgorithm, Checksums, ObjectRecord } from '../store.ts';
import { checksumAlgorithms } from '../store.ts';
import { openCopySource, parseCopySource } from './copy-source.ts';
import { expirationOf, readContentHeaders, readMetadata } from './object-headers.ts';
import { refuseUnsupportedHeaders } from './unsupported-headers.ts';
import { authorizeComparison, readWriteCondition } from './write-condition.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html */
export const copyObject: Handler = async (call) => {
  const { bucket, key, header, services, verified } = call;
  refuseUnsupportedHeaders(header);
  if (header('x-amz-acl') !== undefined) call.authorize('s3:PutObjectAcl');
  const source = parseCopySource(header('x-amz-copy-source') ?? '');
  const replaced = readDirective(header);
  if (source.bucket === bucket && source.key === key && !replaced) {
    throw new S3Error(
      'InvalidRequest',
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  const condition = readWriteCondition(header);
  authorizeComparison(call, condition.ifMatch);
  const described = replaced
    ? { headers: readContentHeaders(header), metadata: readMetadata(call.metadataFields()) }
    : undefined;
  const wanted = wantedChecksum(header);
  const opened = await openCopySource(call, source);
  try {
    const { record } = opened;
    if (record.size > maximumPutBytes) {
      throw new S3Error(
        'InvalidRequest',
        'The specified copy source is larger than the maximum allowable size for a copy source: 5368709120',
      );
    }
    const algorithms = wanted ?? storedAlgorithms(record);
    const copy = await services.store.putObject({
      bucket,
      key,
      body: opened.read(),
      headers: described?.headers ?? record.headers,
      metadata: described?.metadata ?? record.metadata,
      ownerId: ownerOf(verified.principal),
      condition,
      algorithms,
      verify: (found) => only(found.checksums, algorithms),
    });
    return xmlReply(
      'CopyObjectResult',
      {
        LastModified: copy.lastModified,
        ETag: quoted(copy.etag),
        ...checksumElements(copy),
      },
      { 'x-amz-expiration': expirationOf(services, bucket, copy) },
    );
  } finally {
    await opened.close();
  }
};

/** Whether headers and metadata come from the request. */
function readDirective(header: Call['header']): boolean {
  const directive = header('x-amz-metadata-directive') ?? 'COPY';
  if (directive !== 'COPY' && directive !== 'REPLACE') {
    throw new S3Error('InvalidArgument', 'Unknown metadata directive.', {
      ArgumentName: 'x-amz-metadata-directive',
      ArgumentValue: directive,
    });
  }
  return directive === 'REPLACE';
}

function wantedChecksum(header: Call['header']): ChecksumAlgorithm[] | undefined {
  const algorithm = readChecksumAlgorithm(header);
  return algorithm === undefined ? undefined : [algorithm];
}

/** `x-amz-checksum-algorithm`. Throws InvalidRequest for one that S3 does not have. */
export function readChecksumAlgorithm(header: Call['header']): ChecksumAlgorithm | undefined {
  const name = header('x-amz-checksum-algorithm')?.toUpperCase();
  if (name === undefined) return undefined;
  const algorithm = checksumAlgorithms.find((each) => each === name);
  if (algorithm === undefined) {
    throw new S3Error(
      'InvalidRequest',
      'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
    );
  }
  return algorithm;
}

const storedAlgorithms = (record: ObjectRecord): ChecksumAlgorithm[] =>
  checksumAlgorithms.filter((algorithm) => record.checksums[algorithm] !== undefined);

const only = (found: Checksums, algorithms: readonly ChecksumAlgorithm[]): Checksums =>
  Object.fromEntries(algorithms.map((algorithm) => [algorithm, found[algorithm]]));

/** `<ChecksumCRC32>` and its like, with the type. */
export function checksumElements({
  checksums,
  checksumType,
}: {
  checksums: Checksums;
  checksumType?: ObjectRecord['checksumType'];
}): Record<string, string | undefined> {
  const known = checksumAlgorithms.filter((algorithm) => checksums[algorithm] !== undefined);
  return {
    ...Object.fromEntries(known.map((algorithm) => [`Checksum${algorithm}`, checksums[algorithm]])),
    ChecksumType: known.length === 0 ? undefined : checksumType,
  };
}
