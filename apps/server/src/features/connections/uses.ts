import type { ConnectionId, TeamId } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';
import type { Database } from '../../platform/db/index.ts';

/** `delete`: it goes, and its credentials. `move`: it leads to another place from now on, and keys mean other objects. */
export const connectionChanges = ['delete', 'move'] as const;
export type ConnectionChange = (typeof connectionChanges)[number];

/** What another feature has on connections. It stands above this one, so it is asked, and told of a deletion, by this port. */
export interface ConnectionUse {
  /** Why what uses the connection is in the way of the change: a sentence of people's; null: it is not. */
  objection(
    db: Database,
    teamId: TeamId,
    connectionId: ConnectionId,
    change: ConnectionChange,
  ): Promise<string | null>;
  /** Just before the connection and its credentials are gone, outside of the transaction: the bucket may be asked. */
  release(teamId: TeamId, connectionId: ConnectionId): Promise<void>;
}

/** @throws AppError inUse */
export const refuseUsed = async (
  uses: readonly ConnectionUse[],
  db: Database,
  { teamId, connectionId }: { teamId: TeamId; connectionId: ConnectionId },
  change: ConnectionChange,
): Promise<void> => {
  for (const { objection } of uses) {
    const why = await objection(db, teamId, connectionId, change);
    if (why !== null) throw new AppError('inUse', why);
  }
};
