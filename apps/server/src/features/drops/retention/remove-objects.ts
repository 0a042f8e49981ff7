import type { TransferId } from '@windlass/contract';
import { AppError } from '../../../kernel/app-error.ts';
import type { Database } from '../../../platform/db/index.ts';
import type { DropsDeps } from '../deps.ts';
import type { OrderRow } from '../ports.ts';
import { listNeeded, listStoredFiles } from './file-store.ts';
import { removeObjectsQueue, type RemoveObjectsJob } from './queues.ts';
import { manifestOfOrder, removableOf, removeFromBucket, type OrderObjects } from './remove-from-bucket.ts';
import { markDeleted } from './retention-store.ts';

const filesPerJob = 500;

/** Has the bucket forget objects, once `trx` has committed that nobody needs them. */
export const queueObjects = async (
  trx: Database,
  jobs: DropsDeps['jobs'],
  { teamId, connectionId, orderId, files, manifest }: OrderObjects,
): Promise<void> => {
  const told = files.map((file) => ({ ...file, ticketAt: file.ticketAt.toISOString() }));
  const owner = { teamId, connectionId, orderId };
  for (let from = 0; from < told.length; from += filesPerJob) {
    const part = { files: told.slice(from, from + filesPerJob), manifest: null };
    await jobs.enqueue(trx, removeObjectsQueue, { ...owner, ...part });
  }
  if (manifest !== null) await jobs.enqueue(trx, removeObjectsQueue, { ...owner, files: [], manifest });
};

/**
 * Has the bucket forget what an order has there, once `trx` has deleted its record; of one that is sent, only what its customer
 * has removed. What it was sent without for another reason stays as long as its files do.
 */
export const queueRemoval = async (
  trx: Database,
  jobs: DropsDeps['jobs'],
  order: Pick<OrderRow, 'teamId' | 'id' | 'connectionId' | 'prefix' | 'manifest' | 'manifestTrouble'>,
  which: 'all' | ReadonlySet<TransferId> = 'all',
): Promise<void> => {
  const { teamId, id: orderId, connectionId } = order;
  if (connectionId === null) return;
  const stored = await listStoredFiles(trx, { teamId, orderId });
  const files = stored
    .filter(({ leftOutAt, transferId }) => which === 'all' || (leftOutAt !== null && which.has(transferId)))
    .map(removableOf);
  const manifest = which === 'all' ? manifestOfOrder(order) : null;
  await queueObjects(trx, jobs, { teamId, connectionId, orderId, files, manifest });
};

/**
 * Deletes objects that no order needs. Which of them another order still has is asked now and not when they were given up: of
 * two orders that go at once, the later job finds that nobody needs them.
 */
export const createRemoveObjects =
  (deps: Pick<DropsDeps, 'db' | 'connections' | 'transfers' | 'clock' | 'log'>) =>
  async ({ files, ...job }: RemoveObjectsJob, signal: AbortSignal): Promise<void> => {
    const { db, clock, log } = deps;
    const { teamId, orderId } = job;
    const needed = await listNeeded(
      db,
      teamId,
      files.map(({ transferId }) => transferId),
      null,
    );
    const wanted = files
      .filter(({ transferId }) => !needed.has(transferId))
      .map((file) => ({ ...file, ticketAt: new Date(file.ticketAt) }));
    const removal = await removeFromBucket(deps, { ...job, files: wanted }, signal).catch(
      (error: unknown) => {
        // Deleted meanwhile, with its keys: there is nobody to do it as.
        if (error instanceof AppError && error.code === 'notFound') return null;
        throw error;
      },
    );
    if (removal === null) return;
    const { gone, trouble } = removal;
    const ids: TransferId[] = [...gone];
    // Where the order is still there, it was sent without them.
    await markDeleted(db, { teamId, orderId }, ids, clock.now());
    if (trouble === null) {
      log.info({ teamId, orderId, files: ids.length }, 'What no order needs was deleted from its bucket');
      return;
    }
    if (!trouble.denied) throw trouble.error;
    const left = wanted.length - ids.length;
    log.info({ teamId, orderId, files: left }, 'The connection may not delete: what no order needs stays');
  };
