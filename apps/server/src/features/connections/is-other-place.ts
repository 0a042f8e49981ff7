import type { ConnectionRow } from './store.ts';

type Place = Pick<ConnectionRow, 'endpoint' | 'bucket' | 'prefix'>;

/**
 * The partition of an endpoint of AWS, within which a bucket's name is of one bucket only, whatever region it is asked in
 * (AWS: Service endpoints; Bucket naming rules). Null for any other server.
 */
const awsPartition = (endpoint: string): string | null =>
  /^https:\/\/s3[a-z0-9.-]*\.(amazonaws\.com(?:\.cn)?)$/.exec(endpoint)?.[1] ?? null;

/**
 * Whether a key means another object after an edit. Region and addressing are ways to the same one, and so are the endpoints
 * that AWS has for each region.
 *
 * @example
 *   isOtherPlace({ ...row, endpoint: 'https://s3.amazonaws.com' }, { ...row, endpoint: 'https://s3.eu-central-1.amazonaws.com' })
 *   // false
 */
export const isOtherPlace = (before: Place, after: Place): boolean =>
  before.bucket !== after.bucket ||
  before.prefix !== after.prefix ||
  (before.endpoint !== after.endpoint &&
    (awsPartition(before.endpoint) ?? before.endpoint) !== (awsPartition(after.endpoint) ?? after.endpoint));
