import type { ConnectionId, TeamId } from '@windlass/contract';
import type { Selectable } from 'kysely';
import type { Database, Tables } from '../../platform/db/index.ts';

export type FirstRun = Selectable<Tables['firstRun']>;

/** Starts the one row, or finds how far an earlier start came. */
export const beginFirstRun = async (db: Database, now: Date): Promise<FirstRun> => {
  await db
    .insertInto('firstRun')
    .values({
      startedAt: now,
      finishedAt: null,
      teamId: null,
      connectionId: null,
      ordersConnectionId: null,
      endpoint: null,
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return db.selectFrom('firstRun').selectAll().executeTakeFirstOrThrow();
};

/** Notes a step that is done, so that a next start need not guess what a person removed. */
export const noteFirstRun = async (
  db: Database,
  change: {
    teamId?: TeamId;
    connectionId?: ConnectionId;
    ordersConnectionId?: ConnectionId;
    endpoint?: string;
    finishedAt?: Date;
  },
): Promise<void> => {
  await db.updateTable('firstRun').set(change).execute();
};
