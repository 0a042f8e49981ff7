import type { ConnectionId, getConnectionSetup, OperationAnswer, TeamId } from '@windlass/contract';
import type { Actor } from '../../kernel/actor.ts';
import type { Database } from '../../platform/db/index.ts';
import type { TeamAccess } from '../teams/index.ts';
import type { TrustFacts } from './check-credentials.ts';
import { missingConnection } from './missing-connection.ts';
import { connectionPolicy } from './policy.ts';
import { findConnection, type ConnectionRow } from './store.ts';

const timeoutMilliseconds = 10_000;

/** The facts that the documents for a connection are made of; none is a secret. */
export const createSetup =
  (deps: {
    db: Database;
    access: TeamAccess;
    trustFacts(row: ConnectionRow, signal: AbortSignal): Promise<TrustFacts>;
    publicUrl(): string;
    issuer: { issuer(): string };
  }) =>
  async (
    actor: Actor,
    teamId: TeamId,
    id: ConnectionId,
  ): Promise<OperationAnswer<typeof getConnectionSetup>> => {
    await deps.access.require(actor, teamId, connectionPolicy.read);
    const row = (await findConnection(deps.db, teamId, id)) ?? missingConnection();
    const { principal, webIdentity } = await deps.trustFacts(row, AbortSignal.timeout(timeoutMilliseconds));
    return {
      externalId: row.externalId,
      platformPrincipal: principal,
      // With its scheme: that is what an identity provider is registered by.
      webIdentity: webIdentity === null ? null : { ...webIdentity, issuer: deps.issuer.issuer() },
      origins: [new URL(deps.publicUrl()).origin],
    };
  };
