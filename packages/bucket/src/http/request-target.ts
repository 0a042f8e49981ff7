import { S3Error } from '../s3-error.ts';
import { decodePercent } from './percent.ts';
import { QueryParameters } from './query-parameters.ts';

/** Where a request points, decoded once; `key` is undefined for a call on a bucket, `bucket` for one on the service. */
export interface RequestTarget {
  bucket: string | undefined;
  key: string | undefined;
  /** The path as it came, percent-encoded, for the canonical request. */
  rawPath: string;
  query: QueryParameters;
}

/** S3 names keys of at most 1,024 bytes of UTF-8 (AWS: Naming Amazon S3 objects). */
const maximumKeyBytes = 1024;

/** The bucket in front of a base host, or undefined when the host names none (path style). AWS: Virtual hosting of buckets. */
export function bucketOfHost(host: string, baseHosts: readonly string[]): string | undefined {
  const name = host.replace(/:\d*$/, '').toLowerCase();
  for (const base of baseHosts) {
    if (name.endsWith(`.${base}`)) return name.slice(0, -base.length - 1);
  }
  return undefined;
}

/** RFC 9112 3.2: origin-form, or absolute-form whose authority takes the place of Host. */
function splitTarget(target: string, host: string): { host: string; pathAndQuery: string } {
  if (target.startsWith('/')) return { host, pathAndQuery: target };
  const absolute = /^https?:\/\/([^/?#]+)(.*)$/i.exec(target);
  if (absolute === null) throw new S3Error('InvalidURI');
  const rest = absolute[2] ?? '';
  return { host: absolute[1] ?? host, pathAndQuery: rest.startsWith('/') ? rest : `/${rest}` };
}

/**
 * Parses the raw request target.
 *
 * @example parseTarget('/photos/a%2Fb?list-type=2', 'localhost:7402', ['localhost']).key // 'a/b'
 */
export function parseTarget(target: string, hostHeader: string, baseHosts: readonly string[]): RequestTarget {
  const { host, pathAndQuery } = splitTarget(target, hostHeader);
  const mark = pathAndQuery.indexOf('?');
  const rawPath = mark === -1 ? pathAndQuery : pathAndQuery.slice(0, mark);
  const query = new QueryParameters(mark === -1 ? '' : pathAndQuery.slice(mark + 1));
  const fromHost = bucketOfHost(host, baseHosts);
  if (fromHost !== undefined) {
    return { bucket: fromHost, key: checkedKey(decodePercent(rawPath.slice(1))), rawPath, query };
  }
  if (rawPath === '/') return { bucket: undefined, key: undefined, rawPath, query };
  const slash = rawPath.indexOf('/', 1);
  const bucket = decodePercent(slash === -1 ? rawPath.slice(1) : rawPath.slice(1, slash));
  return {
    bucket,
    key: slash === -1 ? undefined : checkedKey(decodePercent(rawPath.slice(slash + 1))),
    rawPath,
    query,
  };
}

/** An empty key means the bucket itself. Throws KeyTooLongError. */
export function checkedKey(key: string): string | undefined {
  const size = Buffer.byteLength(key);
  if (size > maximumKeyBytes) {
    throw new S3Error('KeyTooLongError', undefined, {
      Size: String(size),
      MaxSizeAllowed: String(maximumKeyBytes),
    });
  }
  return key === '' ? undefined : key;
}
