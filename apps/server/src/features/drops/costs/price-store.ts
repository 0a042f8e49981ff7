import type { ProviderId, TeamId } from '@windlass/contract';
import type { Insertable, Selectable } from 'kysely';
import type { Database, Tables } from '../../../platform/db/index.ts';

export type PriceRow = Selectable<Tables['storagePrices']>;

/** A team's own prices. Index: storage_prices_pkey. */
export const listPrices = (db: Database, teamId: TeamId): Promise<PriceRow[]> =>
  db.selectFrom('storagePrices').selectAll().where('teamId', '=', teamId).execute();

export const keepPrices = async (db: Database, row: Insertable<Tables['storagePrices']>): Promise<void> => {
  const { teamId: _teamId, provider: _provider, ...set } = row;
  await db
    .insertInto('storagePrices')
    .values(row)
    .onConflict((conflict) => conflict.columns(['teamId', 'provider']).doUpdateSet(set))
    .execute();
};

export const deletePrices = async (db: Database, teamId: TeamId, provider: ProviderId): Promise<void> => {
  await db
    .deleteFrom('storagePrices')
    .where('teamId', '=', teamId)
    .where('provider', '=', provider)
    .execute();
};
