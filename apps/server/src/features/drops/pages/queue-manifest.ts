import type { Database } from '../../../platform/db/index.ts';
import type { Jobs } from '../../../platform/jobs/index.ts';
import type { OrderRow } from '../ports.ts';
import { manifestQueue } from './queues.ts';

/** Has the manifest of an order written, once `trx` commits. Also for an order that repeats another. */
export const queueManifest = async (
  trx: Database,
  jobs: Pick<Jobs, 'enqueue'>,
  { teamId, id }: Pick<OrderRow, 'teamId' | 'id'>,
): Promise<void> => {
  await jobs.enqueue(trx, manifestQueue, { teamId, orderId: id });
};
