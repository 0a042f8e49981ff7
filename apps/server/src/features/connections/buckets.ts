import type { ConnectionId, TeamId } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import type { Database } from '../../platform/db/index.ts';
import type { EndpointGuard } from '../../platform/net/index.ts';
import {
  createBucket,
  createS3Client,
  fullKey,
  type Bucket,
  type BucketAddress,
  type S3Credentials,
} from '../../platform/s3/index.ts';
import type { CredentialResolver } from './credential-resolver.ts';
import { openCredentials } from './credentials.ts';
import { missingConnection } from './missing-connection.ts';
import { createSessionBucket, type OpenedBucket } from './session-bucket.ts';
import { findForBucket, type ConnectionRow } from './store.ts';

const maxOpenBuckets = 500;
/** Calls that run on a client when it is replaced get this long to end. */
const lingerMilliseconds = 90_000;

interface OpenBucket extends OpenedBucket {
  revision: number;
}

export interface Buckets extends Disposable {
  /**
   * The connection's bucket. Give the team whose request this is; `internal` is for code that found the connection
   * through a row that already belongs to the right team, as an image source.
   *
   * The row is read each time, so that overwritten credentials count at once in every process; the client and its
   * connections are kept. Behind a role, every call signs with a session that may do just what the call does.
   *
   * @throws AppError notFound where there is no such connection, originFailed where it has no credentials yet
   */
  openBucket(teamId: TeamId | 'internal', connectionId: ConnectionId): Promise<Bucket>;
}

export const createBuckets = (deps: {
  db: Database;
  vault: Vault;
  guard: EndpointGuard;
  resolver: CredentialResolver;
}): Buckets => {
  /** In the order of last use. */
  const open = new Map<ConnectionId, OpenBucket>();
  const timers = new Map<NodeJS.Timeout, () => void>();

  const closeLater = ({ close }: OpenedBucket): void => {
    const timer = setTimeout(() => {
      timers.delete(timer);
      close();
    }, lingerMilliseconds);
    timer.unref();
    timers.set(timer, close);
  };

  const openWith = (
    address: BucketAddress & Pick<ConnectionRow, 'provider'>,
    credentials: S3Credentials,
  ): OpenedBucket => {
    const client = createS3Client({ guard: deps.guard, address, credentials, maxAttempts: 3 });
    return {
      bucket: createBucket(client, { address, credentials, provider: address.provider }),
      close: () => client.destroy(),
    };
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
      const row = (await findForBucket(deps.db, teamId, connectionId)) ?? missingConnection();
      if (row.credentialsSealed === null) {
        throw new AppError('originFailed', 'The connection has no credentials yet.');
      }
      const known = open.get(connectionId);
      if (known?.revision === row.revision) return keep(connectionId, known);
      if (known !== undefined) closeLater(known);
      const stored = openCredentials(deps.vault, row, row.credentialsSealed);
      const opened =
        stored.kind === 'accessKey'
          ? openWith(row, stored.key)
          : createSessionBucket({
              resolve: (purpose, signal) => deps.resolver.resolve(row, stored, purpose, signal),
              renew: (purpose) => deps.resolver.renew(row, stored, purpose),
              open: (credentials) => openWith(row, credentials),
              fullKey: (key) => fullKey(row.prefix, key),
              closeLater,
            });
      return keep(connectionId, { ...opened, revision: row.revision });
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
