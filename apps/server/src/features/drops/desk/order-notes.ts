import type { Order, OrderNoteId } from '@windlass/contract';
import type { Actor } from '../../../kernel/actor.ts';
import { AppError } from '../../../kernel/app-error.ts';
import { newId } from '../../../kernel/new-id.ts';
import type { DropsDeps } from '../deps.ts';
import { findOrder } from '../pages/order-store.ts';
import type { OrderAt } from '../ports.ts';
import { deleteNote, findNote, insertNote } from './desk-store.ts';
import { noSuchOrder } from './missing-order.ts';
import { presentNote } from './order-presenter.ts';
import { deskPolicy } from './policy.ts';

/** What the people of a team write to each other about an order. */
export interface OrderNotes {
  add(actor: Actor, at: OrderAt, text: string): Promise<Order['notes'][number]>;
  /** One's own; an admin's is every one. @throws AppError notFound, forbidden */
  delete(actor: Actor, at: OrderAt & { orderNoteId: OrderNoteId }): Promise<void>;
}

const missingNote = (): never => {
  throw new AppError('notFound', 'There is no such note on this order.');
};

export const createOrderNotes = ({
  db,
  access,
  clock,
}: Pick<DropsDeps, 'db' | 'access' | 'clock'>): OrderNotes => ({
  add: async (actor, at, text) => {
    const { userId } = await access.require(actor, at.teamId, deskPolicy.note);
    if ((await findOrder(db, at)) === null) return noSuchOrder();
    const id = newId('note');
    await insertNote(db, at, { id, text, madeBy: userId, at: clock.now() });
    return presentNote((await findNote(db, at, id)) ?? missingNote());
  },
  delete: async (actor, { orderNoteId, ...at }) => {
    const { role, userId } = await access.require(actor, at.teamId, deskPolicy.note);
    const note = (await findNote(db, at, orderNoteId)) ?? missingNote();
    if (role === 'member' && note.madeBy !== userId)
      throw new AppError('forbidden', 'A member deletes their own notes; an admin may delete every one.');
    await deleteNote(db, at, orderNoteId);
  },
});
