import { newId } from '../../../kernel/new-id.ts';
import type { OnReceived } from '../../transfers/index.ts';
import type { DropsDeps } from '../deps.ts';
import { queueObjects } from '../retention/remove-objects.ts';
import { countDay, insertOrderFiles, lockOrder } from './order-store.ts';

/**
 * Writes what has been received for an order, in the transaction of its receipts. A file that comes when the order was sent
 * or thrown away already is not in the order, and is deleted where the connection may. Bytes count against the page's quotas when they come, whatever becomes
 * of the order.
 */
export const createReceiveFiles =
  ({ clock, jobs }: Pick<DropsDeps, 'clock' | 'jobs'>): OnReceived =>
  async (trx, files, { teamId, connectionId, holder }) => {
    if (holder.kind !== 'order') return;
    const { orderId } = holder;
    const order = await lockOrder(trx, { teamId, orderId });
    if (order?.state !== 'draft') {
      const objects = files.map((file) => ({
        transferId: file.id,
        key: file.key,
        size: file.size,
        etag: file.etag,
        proof: file.proof ?? ('reported' as const),
        ticketAt: file.createdAt,
      }));
      await queueObjects(trx, jobs, { teamId, connectionId, orderId, files: objects, manifest: null });
    }
    if (order === null) return;
    const now = clock.now();
    await insertOrderFiles(
      trx,
      files.map((file) => ({
        id: newId('fil'),
        teamId,
        orderId,
        transferId: file.id,
        position: 0,
        name: file.name,
        key: file.key,
        fullKey: file.fullKey,
        size: file.size,
        type: file.type,
        etag: file.etag,
        checksum: file.checksum === null ? null : JSON.stringify(file.checksum),
        receivedAt: file.receivedAt ?? now,
        leftOutAt: order.state === 'draft' ? null : now,
      })),
    );
    const bytes = files.reduce((sum, { size }) => sum + size, 0);
    await countDay(trx, { teamId, id: order.dropId }, { files: files.length, bytes }, now);
  };
