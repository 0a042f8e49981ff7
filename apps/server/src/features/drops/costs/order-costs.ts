import {
  providerIds,
  type getOrderCosts,
  type OperationInput,
  type OrderCosts as OrderCostsAnswer,
  type ProviderId,
  type setStoragePrices,
  type StoragePrices,
  type TeamId,
} from '@windlass/contract';
import type { Actor } from '../../../kernel/actor.ts';
import { actorIdOf } from '../../../platform/http/actor-id.ts';
import type { DropsDeps } from '../deps.ts';
import { deskPolicy } from '../desk/policy.ts';
import { costOfMonth } from './cost-of-month.ts';
import { deletePrices, keepPrices, listPrices, type PriceRow } from './price-store.ts';
import { listPrices as listedPrices } from './storage-prices.ts';
import { listMonths, type MonthRow } from './volume-store.ts';

type At = OperationInput<typeof setStoragePrices>['params'];

/** What orders cost at the providers' prices, or at a team's own. */
export interface OrderCosts {
  show(
    actor: Actor,
    teamId: TeamId,
    query: OperationInput<typeof getOrderCosts>['query'],
  ): Promise<OrderCostsAnswer>;
  setPrices(
    actor: Actor,
    at: At,
    prices: OperationInput<typeof setStoragePrices>['body'],
  ): Promise<StoragePrices>;
  /** Back to those that come with Windlass. */
  resetPrices(actor: Actor, at: At): Promise<void>;
}

const own = ({ teamId: _teamId, setAt: _setAt, ...prices }: PriceRow): StoragePrices => ({
  ...prices,
  own: true,
  source: '',
});

const pricesOf = (rows: readonly PriceRow[], provider: ProviderId): StoragePrices => {
  const row = rows.find((one) => one.provider === provider);
  return row === undefined ? { ...listedPrices[provider], provider, own: false } : own(row);
};

const presentMonth = (
  { manifests, filesDownloaded, ...volume }: MonthRow,
  prices: StoragePrices,
): OrderCostsAnswer['months'][number] => ({
  ...volume,
  ...costOfMonth({ ...volume, writes: volume.files + manifests, reads: filesDownloaded }, prices),
  currency: prices.currency,
});

export const createOrderCosts = ({
  db,
  access,
  clock,
  log,
}: Pick<DropsDeps, 'db' | 'access' | 'clock' | 'log'>): OrderCosts => ({
  show: async (actor, teamId, { dropId }) => {
    await access.require(actor, teamId, deskPolicy.read);
    const rows = await listPrices(db, teamId);
    const months = await listMonths(db, { teamId, dropId: dropId ?? null }, clock.now());
    return {
      prices: providerIds.map((provider) => pricesOf(rows, provider)),
      months: months.map((month) => presentMonth(month, pricesOf(rows, month.provider))),
    };
  },

  setPrices: async (actor, { teamId, provider }, prices) => {
    await access.require(actor, teamId, deskPolicy.setPrices);
    await keepPrices(db, { teamId, provider, ...prices, setAt: clock.now() });
    log.info({ actorId: actorIdOf(actor), teamId, provider }, 'Prices of a provider set');
    return pricesOf(await listPrices(db, teamId), provider);
  },

  resetPrices: async (actor, { teamId, provider }) => {
    await access.require(actor, teamId, deskPolicy.setPrices);
    await deletePrices(db, teamId, provider);
    log.info({ actorId: actorIdOf(actor), teamId, provider }, 'Prices of a provider reset');
  },
});
