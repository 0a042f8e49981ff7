import { newId } from '../../../kernel/new-id.ts';
import type { OnMissing } from '../../transfers/index.ts';
import type { DropsDeps } from '../deps.ts';
import { insertNote } from '../desk/desk-store.ts';
import { changeOrder, countDay, deleteOrderFiles, listOrderFiles, lockOrder } from './order-store.ts';

/** A note is read by people; names of more files are in the ledger. */
const mostNames = 20;

/**
 * Takes files out of an order that their sender reported and that are not in the bucket, in the transaction that takes their
 * receipts back. A customer who is still at the order is asked for them again; of one that was sent, the team is told by a note.
 * They count against the page's quotas no more.
 */
export const createTakeBackFiles =
  ({ clock }: Pick<DropsDeps, 'clock'>): OnMissing =>
  async (trx, files, { teamId, holder }) => {
    if (holder.kind !== 'order') return;
    const at = { teamId, orderId: holder.orderId };
    const order = await lockOrder(trx, at);
    if (order === null) return;
    const gone = await deleteOrderFiles(
      trx,
      at,
      files.map(({ id }) => id),
    );
    for (const { receivedAt, size } of gone) {
      await countDay(trx, { teamId, id: order.dropId }, { files: -1, bytes: -Number(size) }, receivedAt);
    }
    if (order.state === 'draft' || gone.length === 0) return;
    const left = await listOrderFiles(trx, at);
    const now = clock.now();
    await changeOrder(trx, at, {
      files: left.length,
      bytes: left.reduce((sum, { size }) => sum + Number(size), 0),
      updatedAt: now,
    });
    const names = gone.slice(0, mostNames).map(({ name }) => `“${name.slice(0, 100)}”`);
    const more = gone.length > mostNames ? ` and ${gone.length - mostNames} more` : '';
    const text = `Not in the bucket, although their sender reported them, and so no longer in the order: ${names.join(', ')}${more}.`;
    await insertNote(trx, at, { id: newId('note'), text, madeBy: null, at: now });
  };
