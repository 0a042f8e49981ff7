import type { Clock } from '../../../kernel/clock.ts';
import type { LimitsNow } from '../../transfers/index.ts';
import { phaseFacts } from '../drop-presenter.ts';
import { usageOf } from '../drop-store.ts';
import { requireInTime } from './order-page.ts';
import { countDay } from './order-store.ts';
import { bytesLeft } from './phases.ts';
import { bytesUnderWay, findDropOfOrder } from './quota-store.ts';

/**
 * Holds the tickets of an order against what the quotas of its page leave at this moment, whoever else is sending: a page that
 * takes so many bytes a day never gives out more, however many orders are begun side by side. Once the time for orders is over,
 * no file gets a ticket that could not be sent with its order.
 */
export const createOrderLimits =
  ({ clock }: { clock: Clock }): LimitsNow =>
  async (trx, { teamId, holder, limits, bytes }) => {
    if (holder.kind !== 'order') return limits;
    const drop = await findDropOfOrder(trx, { teamId, orderId: holder.orderId });
    if (drop === null) return limits;
    const now = clock.now();
    requireInTime(drop, now);
    if (drop.maxBytesPerDay === null && drop.maxTotalBytes === null) return limits;
    const at = { teamId, dropId: drop.id };
    // Holds the day until the transaction ends, so that two orders are not given the same bytes.
    await countDay(trx, drop, {}, now);
    const used = await usageOf(trx, at, now);
    const promised = await bytesUnderWay(trx, at, now);
    const facts = phaseFacts(drop, {
      ...used,
      bytesToday: used.bytesToday + promised,
      bytesTotal: used.bytesTotal + promised,
    });
    const left = bytesLeft({ ...facts, maxOrderBytes: Infinity }, facts.used);
    return { ...limits, maxTotalBytes: Math.min(limits.maxTotalBytes ?? Infinity, bytes + left) };
  };
