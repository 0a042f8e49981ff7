import type {
  ConnectionId,
  ProviderId,
  TeamId,
  TransferId,
  TransferState,
  UploadGrantId,
} from '@windlass/contract';
import type { Database } from '../../platform/db/index.ts';
import { underWay } from './transfer-states.ts';
import type { TransferAt, TransferRow } from './transfer-store.ts';

interface Page {
  before: TransferId | null;
  limit: number;
  state: TransferState | null;
}

/** A grant's uploads, newest first. Index: transfers_grant. */
export const listOfGrant = (
  db: Database,
  { teamId, grantId }: TransferAt,
  { before, limit, state }: Page,
): Promise<TransferRow[]> =>
  db
    .selectFrom('transfers')
    .selectAll()
    .where('teamId', '=', teamId)
    .where('grantId', '=', grantId)
    .$if(before !== null, (query) => query.where('id', '<', before))
    .$if(state !== null, (query) => query.where('state', '=', state))
    .orderBy('id', 'desc')
    .limit(limit)
    .execute();

/** What is under way or received of a grant, oldest first. Index: transfers_grant. */
export const listLiveOfGrant = (db: Database, { teamId, grantId }: TransferAt): Promise<TransferRow[]> =>
  db
    .selectFrom('transfers')
    .selectAll()
    .where('teamId', '=', teamId)
    .where('grantId', '=', grantId)
    .where('state', 'in', [...underWay, 'received'])
    .orderBy('id')
    .execute();

/** A team's uploads, newest first. Index: transfers_team, or transfers_connection. */
export const listOfTeam = (
  db: Database,
  teamId: TeamId,
  { before, limit, state, connectionId }: Page & { connectionId: ConnectionId | null },
): Promise<(TransferRow & { connectionName: string; provider: ProviderId })[]> =>
  db
    .selectFrom('transfers')
    .innerJoin('connections', (join) =>
      join
        .onRef('connections.teamId', '=', 'transfers.teamId')
        .onRef('connections.id', '=', 'transfers.connectionId'),
    )
    .selectAll('transfers')
    .select(['connections.name as connectionName', 'connections.provider'])
    .where('transfers.teamId', '=', teamId)
    .$if(before !== null, (query) => query.where('transfers.id', '<', before))
    .$if(state !== null, (query) => query.where('transfers.state', '=', state))
    .$if(connectionId !== null, (query) => query.where('transfers.connectionId', '=', connectionId))
    .orderBy('transfers.id', 'desc')
    .limit(limit)
    .execute();

/** Which grant an upload of the team belongs to. Index: transfers_pkey. */
export const grantIdOf = async (
  db: Database,
  teamId: TeamId,
  id: TransferId,
): Promise<UploadGrantId | null> => {
  const row = await db
    .selectFrom('transfers')
    .select('grantId')
    .where('id', '=', id)
    .where('teamId', '=', teamId)
    .executeTakeFirst();
  return row?.grantId ?? null;
};

/** Index: transfers_connection. */
export const countUnderWayOn = async (
  db: Database,
  teamId: TeamId,
  connectionId: ConnectionId,
): Promise<number> => {
  const { count } = await db
    .selectFrom('transfers')
    .select((of) => of.fn.countAll<string>().as('count'))
    .where('teamId', '=', teamId)
    .where('connectionId', '=', connectionId)
    .where('state', 'in', underWay)
    .executeTakeFirstOrThrow();
  return Number(count);
};

/**
 * What would be looked for in the wrong place if the connection led to another: uploads under way, receipts that are to be
 * looked up, and PUTs of ended uploads whose URLs are good. Indexes: transfers_connection, upload_leftovers_connection.
 */
export const countUnsettledOn = async (
  db: Database,
  teamId: TeamId,
  connectionId: ConnectionId,
  now: Date,
): Promise<number> => {
  const uploads = await db
    .selectFrom('transfers')
    .select((of) => of.fn.countAll<string>().as('count'))
    .where('teamId', '=', teamId)
    .where('connectionId', '=', connectionId)
    .where((of) => of.or([of('state', 'in', underWay), of('reconcileAt', 'is not', null)]))
    .executeTakeFirstOrThrow();
  const ended = await db
    .selectFrom('uploadLeftovers')
    .select((of) => of.fn.countAll<string>().as('count'))
    .where('teamId', '=', teamId)
    .where('connectionId', '=', connectionId)
    .where('settleAt', '>', now)
    .executeTakeFirstOrThrow();
  return Number(uploads.count) + Number(ended.count);
};
