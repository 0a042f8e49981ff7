import type { ConnectionId, TeamId } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import type { Database } from '../../platform/db/index.ts';

/** What another feature has on connections. It stands above this one, so it is told of a deletion by this port. */
export interface ConnectionUse {
  /** Why the connection may go only with what uses it: a sentence of people's; null: it may go. */
  objection(db: Database, teamId: TeamId, connectionId: ConnectionId): Promise<string | null>;
  /** Just before the connection and its credentials are gone, outside of the transaction: the bucket may be asked. */
  release(teamId: TeamId, connectionId: ConnectionId): Promise<void>;
}

/** @throws AppError inUse */
export const refuseUsed = async (
  uses: readonly ConnectionUse[],
  db: Database,
  { teamId, connectionId }: { teamId: TeamId; connectionId: ConnectionId },
): Promise<void> => {
  for (const { objection } of uses) {
    const why = await objection(db, teamId, connectionId);
    if (why !== null) throw new AppError('inUse', why);
  }
};
