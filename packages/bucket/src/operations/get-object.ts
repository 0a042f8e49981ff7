import type { Call, Handler } from '../http/call.ts';
import type { Reply } from '../http/reply.ts';
import { S3Error } from '../s3-error.ts';
import type { ObjectRecord } from '../store.ts';
import { parseRange, partRange } from './byte-range.ts';
import type { ByteRange } from './byte-range.ts';
import { integerParameter } from './integer-parameter.ts';
import {
  checksumHeaders,
  expirationOf,
  harmlessHeaders,
  objectHeaders,
  overriddenHeaders,
} from './object-headers.ts';
import { isNotModified, rangeStillApplies } from './read-conditions.ts';
import { refuseVersions } from './version-id.ts';

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html */
export const getObject: Handler = async (call) => {
  refuseVersions(call);
  const overridden = overriddenHeaders(call);
  const opened = await call.services.store.openObject(call.bucket, call.key);
  if (opened === undefined) throw missingKey(call);
  let handedOver = false;
  try {
    const { reply: described, range } = describeRead(call, opened.record);
    const reply = asAskedFor(described, overridden);
    if (reply.status === 304 || opened.record.size === 0) return reply;
    const body = opened.read(range);
    body.once('close', () => void opened.close());
    handedOver = true;
    return { ...reply, body };
  } finally {
    if (!handedOver) await opened.close();
  }
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html */
export const headObject: Handler = async (call) => {
  refuseVersions(call);
  const overridden = overriddenHeaders(call);
  const record = await call.services.store.headObject(call.bucket, call.key);
  if (record === undefined) throw missingKey(call);
  return asAskedFor(describeRead(call, record).reply, overridden);
};

/** With what the caller chose of the headers, and what no caller can choose. */
function asAskedFor(reply: Reply, overridden: Record<string, string>): Reply {
  if (reply.status === 304) return reply;
  const headers = { ...reply.headers, ...overridden };
  return { ...reply, headers: { ...headers, ...harmlessHeaders(headers['content-type']) } };
}

/** Whoever may not list must not learn which keys exist (AWS: GetObject, permissions). */
export function missingKey(
  call: Pick<Call, 'decide' | 'key' | 'bucket'>,
  key = call.key,
  bucket = call.bucket,
): S3Error {
  const decision = call.decide('s3:ListBucket', { bucket });
  return decision.allowed
    ? new S3Error('NoSuchKey', undefined, { Key: key })
    : new S3Error('AccessDenied', decision.message);
}

/** The answer to a read without its bytes: conditions first, then the range. */
function describeRead(call: Call, record: ObjectRecord): { reply: Reply; range: ByteRange | undefined } {
  const { header } = call;
  const notModified = isNotModified(
    {
      ifMatch: header('if-match'),
      ifNoneMatch: header('if-none-match'),
      ifModifiedSince: header('if-modified-since'),
      ifUnmodifiedSince: header('if-unmodified-since'),
    },
    record,
  );
  const headers = {
    ...objectHeaders(record),
    'x-amz-expiration': expirationOf(call.services, call.bucket, record),
  };
  if (notModified) {
    // RFC 9110 15.4.5: what would describe the bytes stays away, what a cache needs stays.
    const { etag, 'last-modified': modified, 'cache-control': cache, expires } = headers as Reply['headers'];
    return {
      reply: { status: 304, headers: { etag, 'last-modified': modified, 'cache-control': cache, expires } },
      range: undefined,
    };
  }
  const { range, partCount } = requestedRange(call, record);
  const whole = range === undefined || (range.start === 0 && range.end === record.size - 1);
  const shown =
    header('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED' && whole ? checksumHeaders(record) : {};
  const length = range === undefined ? record.size : range.end - range.start + 1;
  return {
    range,
    reply: {
      status: range === undefined ? 200 : 206,
      headers: {
        ...headers,
        ...shown,
        'content-length': String(length),
        'content-range': range === undefined ? undefined : `bytes ${range.start}-${range.end}/${record.size}`,
        'x-amz-mp-parts-count': partCount,
      },
    },
  };
}

function requestedRange(
  call: Call,
  record: ObjectRecord,
): { range: ByteRange | undefined; partCount: string | undefined } {
  const partNumber = integerParameter(call.query, 'partNumber', { minimum: 1, maximum: 10_000 });
  const rangeHeader = call.header('range');
  if (partNumber === undefined) {
    const applies = rangeStillApplies(call.header('if-range'), record);
    return { range: applies ? parseRange(rangeHeader, record.size) : undefined, partCount: undefined };
  }
  if (rangeHeader !== undefined) {
    throw new S3Error('InvalidRequest', 'Cannot specify both Range header and partNumber query parameter');
  }
  const range = partRange(partNumber, record.size, record.partSizes);
  return {
    range: record.size === 0 ? undefined : range,
    partCount: record.partSizes.length === 0 ? undefined : String(record.partSizes.length),
  };
}
