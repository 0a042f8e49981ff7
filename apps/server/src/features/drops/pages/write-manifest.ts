import { AppError } from '../../../kernel/app-error.ts';
import type { Bucket } from '../../../platform/s3/index.ts';
import type { DropsDeps } from '../deps.ts';
import type { OrderRow } from '../ports.ts';
import { manifestOf } from './manifest.ts';
import { openOrder } from './open-order.ts';
import { changeOrder, findOrder, listOrderFiles } from './order-store.ts';
import type { ManifestJob } from './queues.ts';

/** Nobody may upload a file of this name into an order. */
export const manifestName = 'manifest.json';

const writeMilliseconds = 30_000;
/** 5,000 files with their options are some megabytes. */
const maxManifestBytes = 32 * 1024 * 1024;

/**
 * Writes the manifest of an order into the lab's bucket, and notes how that went; a failure is thrown, so that the queue
 * tries again. One that is there is left alone: it is what an earlier try has written, unless the connection may read it
 * and finds somebody else's.
 */
export const createWriteManifest = (
  deps: Pick<DropsDeps, 'db' | 'connections' | 'clock' | 'log'>,
): ((job: ManifestJob, signal: AbortSignal) => Promise<void>) => {
  const { db, connections, clock, log } = deps;

  const write = async (order: OrderRow, signal: AbortSignal): Promise<void> => {
    if (order.connectionId === null)
      throw new AppError('notFound', 'The connection of this order was deleted.');
    const at = { teamId: order.teamId, orderId: order.id };
    const repeated = order.cloneOf === null ? null : await findOrder(db, { ...at, orderId: order.cloneOf });
    const manifest = manifestOf(
      await openOrder(db, order),
      await listOrderFiles(db, at),
      repeated?.number ?? null,
    );
    const bucket = await connections.openBucket(order.teamId, order.connectionId);
    const key = `${order.prefix}${manifestName}`;
    const body = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
    try {
      await bucket.uploads.putNew(key, body, { contentType: 'application/json', signal });
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'objectExists') throw error;
      await requireOurs(bucket, key, order, signal);
    }
  };

  return async (job, jobSignal) => {
    const order = await findOrder(db, job);
    if (order === null || order.state === 'draft' || order.manifest === 'written') return;
    const signal = AbortSignal.any([jobSignal, AbortSignal.timeout(writeMilliseconds)]);
    try {
      await write(order, signal);
    } catch (error) {
      // The process is stopping: that says nothing of the bucket, and the job comes again.
      if (jobSignal.aborted) throw error;
      const trouble = error instanceof AppError ? error.message : 'The manifest could not be written.';
      await changeOrder(db, job, { manifest: 'failed', manifestTrouble: trouble });
      log.warn({ ...job, trouble }, 'Manifest of an order could not be written');
      throw error;
    }
    await changeOrder(db, job, { manifest: 'written', manifestTrouble: null, updatedAt: clock.now() });
  };
};

/** @throws AppError objectExists for the manifest of another order; a key that may not read has to believe */
const requireOurs = async (
  bucket: Pick<Bucket, 'getObject'>,
  key: string,
  order: OrderRow,
  signal: AbortSignal,
): Promise<void> => {
  const found = await bucket
    .getObject(key, { maxBytes: maxManifestBytes, signal })
    .catch((error: unknown) => {
      if (error instanceof AppError && error.status < 500) return null;
      throw error;
    });
  if (found === null || Buffer.from(found.bytes).includes(`"orderId": "${order.id}"`)) return;
  throw new AppError(
    'objectExists',
    `There is a manifest.json of another order under ${order.prefix}: does another installation use this bucket and prefix?`,
  );
};
