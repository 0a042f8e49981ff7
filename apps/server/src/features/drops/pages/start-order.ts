import type { OperationInput, OperationResult, startOrder, UploadLimits } from '@windlass/contract';
import { newId } from '../../../kernel/new-id.ts';
import { hashToken, newOrderToken } from '../../../platform/crypto/token.ts';
import type { DropsDeps } from '../deps.ts';
import { phaseFacts } from '../drop-presenter.ts';
import { holdDrop, usageOf } from '../drop-store.ts';
import { missingPage } from '../missing.ts';
import { orderNumber, orderPrefix } from '../order-number.ts';
import type { StatusLink } from '../page-keys.ts';
import type { DropRow } from '../ports.ts';
import type { Challenges } from './challenges.ts';
import type { Door } from './door.ts';
import { requireOpen } from './order-page.ts';
import { countDay, insertOrder, nextOrderCount } from './order-store.ts';
import { bytesLeft, phaseOf } from './phases.ts';

/** A customer may leave it for a weekend and come back. */
const draftMilliseconds = 7 * 24 * 60 * 60 * 1000;

export type StartOrder = (
  drop: DropRow,
  network: string,
  given: OperationInput<typeof startOrder>['body'],
) => Promise<OperationResult<typeof startOrder>>;

/**
 * Begins an order: its number, a token for the order and one for its uploads, and the status link. What costs least is
 * asked first, and nothing is written before everything was.
 */
export const createStartOrder = (
  deps: Pick<DropsDeps, 'db' | 'transfers' | 'clock'> & {
    door: Door;
    challenges: Challenges;
    statusLink: StatusLink;
  },
): StartOrder => {
  const { db, transfers, clock, door, challenges, statusLink } = deps;
  return async (drop, network, { password, proof }) => {
    const now = clock.now();
    const { teamId } = drop;
    const facts = phaseFacts(drop, await usageOf(db, { teamId, dropId: drop.id }, now));
    requireOpen(phaseOf(facts, now));
    await door.countStart(drop, network);
    await door.checkPassword(drop, network, password);
    const takeProof = await challenges.judge(drop, network, proof);

    const orderId = newId('ord');
    const orderToken = newOrderToken();
    const { url: statusUrl, tokenHash: statusTokenHash } = statusLink(drop, orderId);
    const expiresAt = new Date(now.getTime() + draftMilliseconds);
    const limits: UploadLimits = {
      maxFiles: drop.maxFiles,
      maxFileBytes: Number(drop.maxFileBytes),
      maxTotalBytes: bytesLeft(facts, facts.used),
      types: drop.types,
    };
    return db.transaction().execute(async (trx) => {
      if (!(await holdDrop(trx, { teamId, dropId: drop.id }))) missingPage();
      await takeProof(trx);
      const number = orderNumber(now, await nextOrderCount(trx, teamId, now.getUTCFullYear()));
      const prefix = orderPrefix(number);
      const { grantId, token } = await transfers.openGrant(trx, {
        teamId,
        connectionId: drop.connectionId,
        prefix,
        limits,
        onConflict: 'rename',
        expiresAt,
        holder: { kind: 'order', orderId },
        madeBy: null,
      });
      await insertOrder(trx, {
        id: orderId,
        teamId,
        dropId: drop.id,
        connectionId: drop.connectionId,
        number,
        prefix,
        formVersion: drop.formVersion,
        state: 'draft',
        grantId,
        tokenHash: hashToken(orderToken.reveal()),
        statusTokenHash,
        createdAt: now,
        updatedAt: now,
        expiresAt,
      });
      await countDay(trx, drop, { ordersStarted: 1 }, now);
      return {
        number,
        orderToken: orderToken.reveal(),
        uploadToken: token.reveal(),
        statusUrl,
        expiresAt: expiresAt.toISOString(),
      };
    });
  };
};
