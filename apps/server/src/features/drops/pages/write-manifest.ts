import { AppError } from '../../../kernel/app-error.ts';
import type { DropsDeps } from '../deps.ts';
import type { OrderRow } from '../ports.ts';
import { manifestOf } from './manifest.ts';
import { openOrder } from './open-order.ts';
import { changeOrder, findOrder, listOrderFiles } from './order-store.ts';
import type { ManifestJob } from './queues.ts';
import { whoseManifest } from './whose-manifest.ts';

/** Nobody may upload a file of this name into an order. */
export const manifestName = 'manifest.json';

const writeMilliseconds = 30_000;
/** Kept with a manifest that was there already and that nobody may look at: it is never deleted. */
const unproven =
  'A manifest.json was there already, and the connection may not read whose it is: probably what an earlier try has written.';

/**
 * Writes the manifest of an order into the lab's bucket, and notes how that went; a failure is thrown, so that the queue
 * tries again. One that is there is left alone: it is what an earlier try has written, unless the connection may read it
 * and finds somebody else's. Where it may not, that is noted.
 */
export const createWriteManifest = (
  deps: Pick<DropsDeps, 'db' | 'connections' | 'clock' | 'log'>,
): ((job: ManifestJob, signal: AbortSignal) => Promise<void>) => {
  const { db, connections, clock, log } = deps;

  /** @returns what is not known of it; null: nothing */
  const write = async (order: OrderRow, signal: AbortSignal): Promise<string | null> => {
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
      return null;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'objectExists') throw error;
      const owner = await whoseManifest(bucket, { key, orderId: order.id }, signal);
      if (owner === 'ours') return null;
      if (owner === 'unknown') return unproven;
      throw taken(order.prefix);
    }
  };

  return async (job, jobSignal) => {
    const order = await findOrder(db, job);
    if (order === null || order.state === 'draft' || order.manifest === 'written') return;
    const signal = AbortSignal.any([jobSignal, AbortSignal.timeout(writeMilliseconds)]);
    let manifestTrouble: string | null;
    try {
      manifestTrouble = await write(order, signal);
    } catch (error) {
      // The process is stopping: that says nothing of the bucket, and the job comes again.
      if (jobSignal.aborted) throw error;
      const trouble = error instanceof AppError ? error.message : 'The manifest could not be written.';
      await changeOrder(db, job, { manifest: 'failed', manifestTrouble: trouble });
      log.warn({ ...job, trouble }, 'Manifest of an order could not be written');
      throw error;
    }
    await changeOrder(db, job, { manifest: 'written', manifestTrouble, updatedAt: clock.now() });
  };
};

const taken = (prefix: string): AppError =>
  new AppError(
    'objectExists',
    `There is a manifest.json of another order under ${prefix}: does another installation use this bucket and prefix?`,
  );
