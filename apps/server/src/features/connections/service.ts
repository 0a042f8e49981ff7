import type { ConnectionId, TeamId } from '@windlass/contract';
import type { Bucket } from '../../platform/s3/bucket.ts';

/** What other features may ask of connections; the rest follows. */
export interface ConnectionBuckets {
  /**
   * The connection's bucket. Give the team whose request this is; `internal` is for code that found the connection
   * through a row that already belongs to the right team, as an image source.
   *
   * @throws AppError notFound where there is no such connection, or it has no credentials yet
   */
  openBucket(teamId: TeamId | 'internal', connectionId: ConnectionId): Promise<Bucket>;
}
