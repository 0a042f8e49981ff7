import type { Call, Handler } from '../http/call.ts';
import { xmlReply } from '../http/reply.ts';
import { S3Error } from '../s3-error.ts';
import type { ListedObject, ListResult } from '../store.ts';
import type { XmlElements } from '../xml/write-xml.ts';
import { integerParameter } from './integer-parameter.ts';
import { readListEncoding } from './list-encoding.ts';
import type { ListEncoding } from './list-encoding.ts';

const pageSize = 1000;

interface ListQuestion {
  prefix: string;
  delimiter: string;
  maxKeys: number;
  encoding: ListEncoding;
}

/** A page has at most 1,000 entries, whatever was asked for. */
function readQuestion({ query }: Call): ListQuestion {
  const wanted = integerParameter(query, 'max-keys', { minimum: 0, maximum: 2_147_483_647 });
  return {
    prefix: query.get('prefix') ?? '',
    delimiter: query.get('delimiter') ?? '',
    maxKeys: Math.min(wanted ?? pageSize, pageSize),
    encoding: readListEncoding(query),
  };
}

function entries(call: Call, { encode }: ListEncoding, found: ListResult, withOwner: boolean): XmlElements {
  const entry = (object: ListedObject): XmlElements => ({
    Key: encode(object.key),
    LastModified: object.lastModified,
    ETag: `"${object.etag}"`,
    ChecksumAlgorithm: object.checksumAlgorithms,
    ChecksumType: object.checksumAlgorithms.length > 0 ? object.checksumType : undefined,
    Size: object.size,
    StorageClass: 'STANDARD',
    Owner: withOwner ? ownerElement(call, object.ownerId) : undefined,
  });
  return {
    Contents: found.objects.map(entry),
    CommonPrefixes: found.commonPrefixes.map((prefix) => ({ Prefix: encode(prefix) })),
  };
}

export function ownerElement({ services }: Pick<Call, 'services'>, ownerId: string): XmlElements {
  return { ID: ownerId, DisplayName: services.users.name(ownerId) };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html */
export const listObjectsV2: Handler = async (call) => {
  const { query, bucket, services } = call;
  const { prefix, delimiter, maxKeys, encoding } = readQuestion(call);
  if (query.get('list-type') !== '2') {
    throw new S3Error('InvalidArgument', 'Invalid List Type.', { ArgumentName: 'list-type' });
  }
  const token = query.get('continuation-token');
  const startAfter = query.get('start-after');
  const found = await services.store.listObjects(bucket, {
    prefix,
    delimiter,
    maxKeys,
    startAfter: token === undefined ? (startAfter ?? '') : readToken(token),
  });
  const { encode } = encoding;
  return xmlReply('ListBucketResult', {
    Name: bucket,
    Prefix: encode(prefix),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    MaxKeys: maxKeys,
    EncodingType: encoding.name,
    KeyCount: found.objects.length + found.commonPrefixes.length,
    IsTruncated: found.truncated,
    ContinuationToken: token,
    NextContinuationToken: found.truncated && found.next !== undefined ? writeToken(found.next) : undefined,
    StartAfter: startAfter === undefined || startAfter === '' ? undefined : encode(startAfter),
    ...entries(call, encoding, found, query.get('fetch-owner') === 'true'),
  });
};

/** https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjects.html */
export const listObjects: Handler = async (call) => {
  const { query, bucket, services } = call;
  const { prefix, delimiter, maxKeys, encoding } = readQuestion(call);
  const marker = query.get('marker') ?? '';
  const found = await services.store.listObjects(bucket, { prefix, delimiter, maxKeys, startAfter: marker });
  const { encode } = encoding;
  const next = found.truncated && delimiter !== '' ? found.next : undefined;
  return xmlReply('ListBucketResult', {
    Name: bucket,
    Prefix: encode(prefix),
    Marker: encode(marker),
    // S3 gives NextMarker only beside a delimiter; without one the last key is the marker.
    NextMarker: next === undefined ? undefined : encode(next),
    Delimiter: delimiter === '' ? undefined : encode(delimiter),
    MaxKeys: maxKeys,
    EncodingType: encoding.name,
    IsTruncated: found.truncated,
    ...entries(call, encoding, found, true),
  });
};

/** Opaque to clients, so that what is in it may change; the first byte is its version. */
const tokenVersion = '1';

function writeToken(key: string): string {
  return tokenVersion + Buffer.from(key).toString('base64url');
}

function readToken(token: string): string {
  const key = Buffer.from(token.slice(1), 'base64url').toString();
  if (key === '' || token !== writeToken(key)) {
    throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect', {
      ArgumentName: 'continuation-token',
    });
  }
  return key;
}
