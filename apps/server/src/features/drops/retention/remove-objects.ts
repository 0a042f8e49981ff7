import { AppError } from '../../../kernel/app-error.ts';
import type { Database } from '../../../platform/db/index.ts';
import type { DropsDeps } from '../deps.ts';
import type { OrderRow } from '../ports.ts';
import { deleteObjects } from './delete-objects.ts';
import { listNeeded, listStoredFiles } from './file-store.ts';
import { removeObjectsQueue, type RemoveObjectsJob } from './queues.ts';

const filesPerJob = 500;

/** Has the bucket forget an order's files, once `trx` has deleted its record. */
export const queueRemoval = async (
  trx: Database,
  jobs: DropsDeps['jobs'],
  { teamId, id, connectionId }: OrderRow,
): Promise<void> => {
  if (connectionId === null) return;
  const files = await listStoredFiles(trx, { teamId, orderId: id });
  for (let from = 0; from < files.length; from += filesPerJob) {
    const part = files.slice(from, from + filesPerJob);
    await jobs.enqueue(trx, removeObjectsQueue, { teamId, connectionId, orderId: id, files: part });
  }
};

/**
 * Deletes objects of an order that is gone. Which of them another order still has is asked now and not when the record was
 * deleted: of two orders that go at once, the later job finds that nobody needs them.
 */
export const createRemoveObjects =
  ({ db, connections, log }: Pick<DropsDeps, 'db' | 'connections' | 'log'>) =>
  async ({ teamId, connectionId, orderId, files }: RemoveObjectsJob, signal: AbortSignal): Promise<void> => {
    const ids = files.map(({ transferId }) => transferId);
    const needed = await listNeeded(db, teamId, ids, null);
    const keys = files.filter(({ transferId }) => !needed.has(transferId)).map(({ key }) => key);
    const bucket = await connections.openBucket(teamId, connectionId).catch((error: unknown) => {
      // Deleted meanwhile, with its keys: there is nobody to do it as.
      if (error instanceof AppError && error.code === 'notFound') return null;
      throw error;
    });
    if (bucket === null) return;
    const { gone, trouble } = await deleteObjects(bucket, keys, signal);
    if (trouble === null) {
      log.info({ teamId, orderId, files: gone.length }, 'Files of a deleted order were deleted');
      return;
    }
    if (!trouble.denied) throw trouble.error;
    const left = keys.length - gone.length;
    log.warn({ teamId, orderId, files: left }, 'The connection may not delete: files of an order stay');
  };
