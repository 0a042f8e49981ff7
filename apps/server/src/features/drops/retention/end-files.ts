import type { TransferId } from '@windlass/contract';
import type { DropsDeps } from '../deps.ts';
import { findGround } from '../desk/desk-store.ts';
import { mayDelete } from '../desk/file-access.ts';
import { findPlainDrop } from '../drop-store.ts';
import { eventFacts } from '../event-facts.ts';
import { changeOrder, findOrder, lockOrder } from '../pages/order-store.ts';
import type { OrderAt, OrderRow } from '../ports.ts';
import { ordersPrefix, readRules } from './check-retention.ts';
import { listNeeded, listStoredFiles } from './file-store.ts';
import { judgeLifecycle } from './judge-lifecycle.ts';
import { manifestOfOrder, removableOf, removeFromBucket } from './remove-from-bucket.ts';
import { lockObjects, markDeleted } from './retention-store.ts';

/** `denied`: the connection may not delete. `left`: some are still there, for the next round. */
type Deleted = { kind: 'all' | 'denied' } | { kind: 'left'; trouble: string };

type Deps = Pick<DropsDeps, 'db' | 'connections' | 'transfers' | 'webhooks' | 'clock' | 'log'>;

/** Order and webhook are one. Whoever came before has said it already. */
const finish = async (
  { db, webhooks, clock, log }: Deps,
  at: OrderAt,
  how: 'deleted' | 'lifecycle',
): Promise<void> =>
  db.transaction().execute(async (trx) => {
    const order = await lockOrder(trx, at);
    const drop = order === null ? null : await findPlainDrop(trx, order);
    if (order === null || drop === null || order.filesDeletedAt !== null) return;
    const now = clock.now();
    await changeOrder(trx, at, {
      filesDeletedAt: now,
      retentionHow: how,
      retentionTrouble: null,
      updatedAt: now,
    });
    await webhooks.publish(trx, order.teamId, {
      type: 'order.retention_done',
      timestamp: now.toISOString(),
      data: { ...eventFacts({ order, drop }), files: order.files, how },
    });
    log.info({ ...at, files: order.files, how }, 'The days of an order’s files are over');
  });

/**
 * Lets go of what was deleted, and of what another order still has. Two orders that let go of one object at once would each
 * leave it to the other: what turns out to be needed by nobody is left for the next round, which deletes it.
 *
 * @returns whether the order has nothing any more
 */
const letGo = ({ db, clock }: Deps, at: OrderAt, gone: ReadonlySet<TransferId>): Promise<boolean> =>
  db.transaction().execute(async (trx) => {
    if ((await lockOrder(trx, at)) === null) return false;
    const files = await listStoredFiles(trx, at);
    const shared = files.map(({ transferId }) => transferId).filter((id) => !gone.has(id));
    await lockObjects(trx, at.teamId, shared);
    const needed = await listNeeded(trx, at.teamId, shared, at.orderId);
    const ids = files.map(({ transferId }) => transferId).filter((id) => gone.has(id) || needed.has(id));
    await markDeleted(trx, at, ids, clock.now());
    return ids.length === files.length;
  });

const describeStrange = (count: number): string =>
  `${count === 1 ? 'One object' : `${count} objects`} under the keys of this order: written over since, or never its own. Windlass deletes only what was uploaded for it: look, and delete by hand what should go.`;

const deleteFiles = async (deps: Deps, order: OrderRow, signal: AbortSignal): Promise<Deleted> => {
  const { teamId, connectionId } = order;
  if (connectionId === null) return { kind: 'denied' };
  const at = { teamId, orderId: order.id };
  const files = await listStoredFiles(deps.db, at);
  const ids = files.map(({ transferId }) => transferId);
  const needed = await listNeeded(deps.db, teamId, ids, order.id);
  const { gone, strange, trouble } = await removeFromBucket(
    deps,
    {
      ...at,
      connectionId,
      files: files.filter(({ transferId }) => !needed.has(transferId)).map(removableOf),
      manifest: manifestOfOrder(order),
    },
    signal,
  );
  const isEmpty = await letGo(deps, at, gone);
  if (trouble?.denied === true) return { kind: 'denied' };
  if (trouble === null && strange > 0) return { kind: 'left', trouble: describeStrange(strange) };
  if (trouble === null && isEmpty) return { kind: 'all' };
  return { kind: 'left', trouble: trouble?.error.message ?? 'Some files are still there.' };
};

/**
 * Ends the days of one order's files: deletes them with their manifest where the connection may, else leaves them to a rule
 * of the bucket. What is only half done is gone on with in the next round, as is an order that no rule covers.
 *
 * @throws whatever keeps it from being tried
 */
export const createEndFiles =
  (deps: Deps): ((at: OrderAt, signal: AbortSignal) => Promise<void>) =>
  async (at, signal) => {
    const { db, log } = deps;
    const order = await findOrder(db, at);
    if (order === null || order.filesDeletedAt !== null) return;
    const ground = await findGround(db, order);
    const isTried = ground !== null && mayDelete(ground) !== 'no';
    const deleted: Deleted = isTried ? await deleteFiles(deps, order, signal) : { kind: 'denied' };
    switch (deleted.kind) {
      case 'all':
        return finish(deps, at, 'deleted');
      case 'left':
        log.warn({ ...at, trouble: deleted.trouble }, 'Files of an order could not be deleted yet');
        return changeOrder(db, at, { retentionTrouble: deleted.trouble });
      case 'denied': {
        const trouble = await missingRule(deps, order, ground?.prefix ?? '', signal);
        return trouble === null
          ? finish(deps, at, 'lifecycle')
          : changeOrder(db, at, { retentionTrouble: trouble });
      }
    }
  };

/** Why nothing deletes the files; null where a rule does, or nobody can see the rules. */
const missingRule = async (
  deps: Deps,
  { teamId, connectionId, submittedAt, filesUntil }: OrderRow,
  prefix: string,
  signal: AbortSignal,
): Promise<string | null> => {
  if (connectionId === null || submittedAt === null || filesUntil === null) return null;
  const rules = await readRules(deps, { teamId, connectionId }, signal);
  if (rules === null) return null;
  const days = Math.round((filesUntil.getTime() - submittedAt.getTime()) / (24 * 60 * 60 * 1000));
  const verdict = judgeLifecycle(rules, { prefix: `${prefix}${ordersPrefix}`, days });
  return verdict.kind === 'covered'
    ? null
    : 'The connection may not delete objects, and no lifecycle rule of the bucket deletes them.';
};
