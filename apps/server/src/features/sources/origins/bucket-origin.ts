import type { ConnectionId, TeamId } from '@windlass/contract';
import type { BucketReader } from '../../../platform/s3/index.ts';
import type { Origin, OriginFacts } from '../origin.ts';

/** What a connection points at. */
interface BucketPlace {
  id: ConnectionId;
  endpoint: string;
  bucket: string;
  prefix: string;
}

/** Equal for equal places behind one connection. Its credentials are left out, so that a rotation keeps caches. */
export const bucketOriginId = (teamId: TeamId, { id, endpoint, bucket, prefix }: BucketPlace): string =>
  `bucket ${teamId} ${id} ${endpoint}/${bucket}/${prefix}`;

/** Originals in a bucket. It is opened at each use, so that what is served from caches asks no database. */
export const createBucketOrigin = (id: string, open: () => Promise<BucketReader>): Origin => ({
  id,
  open: async (key, { signal, maxBytes, ifChanged }) => {
    const bucket = await open();
    return bucket.openObject(key, { signal, maxBytes, ...conditionsOf(ifChanged) });
  },
  head: async (key, { signal }) => {
    const bucket = await open();
    return bucket.headObject(key, { signal });
  },
});

/** RFC 9110 13.1.3: a date is only asked for where there is no tag. */
const conditionsOf = (known: OriginFacts | undefined): { ifNoneMatch?: string; ifModifiedSince?: Date } => {
  if (known?.etag != null) return { ifNoneMatch: known.etag };
  return known?.lastModified == null ? {} : { ifModifiedSince: known.lastModified };
};
