import type { ConnectionId, TeamId } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import type { Database } from '../../platform/db/index.ts';
import type { EndpointGuard } from '../../platform/net/index.ts';
import { createBucket, createS3Client, scrubFor, type Bucket } from '../../platform/s3/index.ts';
import { openCredentials } from './credentials.ts';
import { findForBucket } from './store.ts';

const maxOpenBuckets = 500;
/** Calls that run on a client when it is replaced get this long to end. */
const lingerMilliseconds = 90_000;

interface OpenBucket {
  revision: number;
  bucket: Bucket;
  close(): void;
}

export interface Buckets extends Disposable {
  /**
   * The connection's bucket. Give the team whose request this is; `internal` is for code that found the connection
   * through a row that already belongs to the right team, as an image source.
   *
   * The row is read each time, so that overwritten credentials count at once in every process; the client and its
   * connections are kept.
   *
   * @throws AppError notFound where there is no such connection, originFailed where it has no credentials yet
   */
  openBucket(teamId: TeamId | 'internal', connectionId: ConnectionId): Promise<Bucket>;
}

export const createBuckets = (deps: { db: Database; vault: Vault; guard: EndpointGuard }): Buckets => {
  /** In the order of last use. */
  const open = new Map<ConnectionId, OpenBucket>();
  const timers = new Map<NodeJS.Timeout, () => void>();

  const closeLater = ({ close }: OpenBucket): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      close();
    }, lingerMilliseconds);
    timer.unref();
    timers.set(timer, close);
  };

  const keep = (id: ConnectionId, opened: OpenBucket): Bucket => {
    open.delete(id);
    open.set(id, opened);
    const [oldest] = open;
    if (open.size > maxOpenBuckets && oldest !== undefined) {
      open.delete(oldest[0]);
      closeLater(oldest[1]);
    }
    return opened.bucket;
  };

  return {
    openBucket: async (teamId, connectionId) => {
      const row = await findForBucket(deps.db, teamId, connectionId);
      if (row === null) throw new AppError('notFound', 'There is no such connection in this team.');
      if (row.credentialsSealed === null) {
        throw new AppError('originFailed', 'The connection has no credentials yet.');
      }
      const known = open.get(connectionId);
      if (known?.revision === row.revision) return keep(connectionId, known);
      if (known !== undefined) closeLater(known);
      const credentials = openCredentials(deps.vault, row, row.credentialsSealed);
      const client = createS3Client({ guard: deps.guard, address: row, credentials, maxAttempts: 3 });
      return keep(connectionId, {
        revision: row.revision,
        bucket: createBucket(client, row, scrubFor(credentials)),
        close: () => client.destroy(),
      });
    },
    [Symbol.dispose]: () => {
      for (const [timer, close] of timers) {
        clearTimeout(timer);
        close();
      }
      for (const { close } of open.values()) close();
      timers.clear();
      open.clear();
    },
  };
};
