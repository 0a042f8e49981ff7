import type { TeamId } from '@windlass/contract';
import type { Database } from '../../../platform/db/index.ts';
import { usageOf } from '../drop-store.ts';
import type { DropRow } from '../ports.ts';
import { countConfirmations } from './mail-store.ts';

/** A customer who sends more orders than this in a day sees each receipt on the page. */
const mostOfAddress = 10;
/** The day of a large school is some hundreds. */
const mostOfPage = 1000;
const day = 24 * 60 * 60 * 1000;

/**
 * Whether the mail that confirms an order may be sent. Nobody but its sender says whose address it is, and the sender's own words
 * are in it: so a page that lets in everybody and asks for no work mails no customers, and the others only so many, by page and
 * day (UTC) and by address and 24 hours. What a person at the desk has sent is not counted.
 */
export const mayConfirm = async (
  trx: Database,
  drop: Pick<DropRow, 'access' | 'challenge' | 'id'> & { teamId: TeamId },
  recipient: string,
  now: Date,
): Promise<boolean> => {
  if (drop.access === 'open' && drop.challenge === 'none') return false;
  const { teamId, id: dropId } = drop;
  // The order itself is counted already.
  if ((await usageOf(trx, { teamId, dropId }, now)).ordersToday > mostOfPage) return false;
  const since = new Date(now.getTime() - day);
  return (await countConfirmations(trx, { teamId, recipient }, since)) < mostOfAddress;
};
