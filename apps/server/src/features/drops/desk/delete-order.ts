import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/app-error.ts';
import { actorIdOf } from '../../../platform/http/actor-id.ts';
import type { DropsDeps } from '../deps.ts';
import { deleteOrder, findOrder, lockOrder } from '../pages/order-store.ts';
import type { OrderAt, OrderRow } from '../ports.ts';
import { manifestOfOrder, removeManifest } from '../retention/remove-from-bucket.ts';
import { queueRemoval } from '../retention/remove-objects.ts';
import { findGround } from './desk-store.ts';
import { mayDelete } from './file-access.ts';
import { noSuchOrder } from './missing-order.ts';
import { deskPolicy } from './policy.ts';

const tryMilliseconds = 10_000;

/**
 * Deletes the record of an order, and with `withFiles` what it has in the bucket; what another order has too stays.
 *
 * @throws AppError notFound; conflict for a draft, and where the connection may not delete
 */
export type DeleteOrder = (actor: Actor, at: OrderAt, withFiles: boolean) => Promise<void>;

const refusal = (name: string): AppError =>
  new AppError(
    'conflict',
    `The connection “${name}” may not delete objects: delete the record alone, or allow s3:DeleteObject and check the connection again.`,
  );

export const createDeleteOrder = (
  deps: Pick<DropsDeps, 'db' | 'access' | 'connections' | 'jobs' | 'log'>,
): DeleteOrder => {
  const { db, access, connections, jobs, log } = deps;

  /** The manifest is nobody else's: whether it can be deleted tells of the files, which a job deletes afterwards. */
  const deleteManifest = async (order: OrderRow): Promise<void> => {
    const ground = await findGround(db, order);
    if (ground === null || order.connectionId === null)
      throw new AppError('conflict', 'The connection of this order was deleted: delete the record alone.');
    if (mayDelete(ground) === 'no') throw refusal(ground.name);
    const manifest = manifestOfOrder(order);
    if (manifest === null) return;
    const bucket = await connections.openBucket(order.teamId, order.connectionId);
    const { outcome, error } = await removeManifest(
      bucket,
      manifest,
      order.id,
      AbortSignal.timeout(tryMilliseconds),
    );
    if (outcome === 'refused') throw refusal(ground.name);
    if (error !== null) throw error;
  };

  return async (actor, at, withFiles) => {
    await access.require(actor, at.teamId, deskPolicy.delete);
    const found = (await findOrder(db, at)) ?? noSuchOrder();
    if (found.state === 'draft') {
      throw new AppError(
        'conflict',
        'This order was not sent yet: its customer is at it, and in a week it goes by itself.',
      );
    }
    if (withFiles) await deleteManifest(found);
    await db.transaction().execute(async (trx) => {
      const order = (await lockOrder(trx, at)) ?? noSuchOrder();
      if (withFiles) await queueRemoval(trx, jobs, order);
      await deleteOrder(trx, at);
    });
    log.info({ actorId: actorIdOf(actor), ...at, withFiles }, 'Order deleted');
  };
};
