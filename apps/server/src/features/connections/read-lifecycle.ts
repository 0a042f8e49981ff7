import type { ConnectionId, TeamId } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import type { Vault } from '../../platform/crypto/vault.ts';
import type { Database } from '../../platform/db/index.ts';
import type { EndpointGuard } from '../../platform/net/index.ts';
import { createBucketAdmin, type NamedRule } from '../../platform/s3/index.ts';
import type { CredentialResolver } from './credential-resolver.ts';
import { openCredentials } from './credentials.ts';
import { missingConnection } from './missing-connection.ts';
import { findForBucket } from './store.ts';

/**
 * The rules of a connection's bucket, all of them, as S3 tells them; empty where it has none. Needs
 * `s3:GetLifecycleConfiguration`, which few connections have: `bucketFailureOf` tells a refusal apart. Behind a role it is
 * read by a session like the check's, which may look at a bucket's settings.
 *
 * @throws AppError notFound, originFailed, originTimeout, endpointRefused
 */
export type ReadLifecycle = (
  teamId: TeamId,
  connectionId: ConnectionId,
  signal: AbortSignal,
) => Promise<NamedRule[]>;

export const createReadLifecycle =
  ({
    db,
    vault,
    guard,
    resolver,
  }: {
    db: Database;
    vault: Vault;
    guard: EndpointGuard;
    resolver: Pick<CredentialResolver, 'resolve'>;
  }): ReadLifecycle =>
  async (teamId, connectionId, signal) => {
    const row = (await findForBucket(db, teamId, connectionId)) ?? missingConnection();
    if (row.credentialsSealed === null)
      throw new AppError('originFailed', 'The connection has no credentials yet.');
    const stored = openCredentials(vault, row, row.credentialsSealed);
    const credentials = await resolver.resolve(row, stored, 'check', signal);
    using admin = createBucketAdmin({ guard, address: row, credentials });
    return await admin.lifecycle.read(signal);
  };
