import {
  orderId as orderIdSchema,
  type listOrders,
  type OperationInput,
  type OperationResult,
  type Order,
  type setOrderState,
  type TeamId,
} from '@windlass/contract';
import type { Actor } from '../../../kernel/actor.ts';
import { cursorId, toPage } from '../../../platform/db/keyset-page.ts';
import { actorIdOf } from '../../../platform/http/actor-id.ts';
import type { DropsDeps } from '../deps.ts';
import { findPlainDrop } from '../drop-store.ts';
import { listOrderMails } from '../mails/mail-store.ts';
import type { StatusLink } from '../page-keys.ts';
import { openOrder } from '../pages/open-order.ts';
import { findOrder, listOrderFiles, lockOrder } from '../pages/order-store.ts';
import type { OrderAt, OrderMails } from '../ports.ts';
import { searchQuery } from '../search-words.ts';
import { createCloneOrder } from './clone-order.ts';
import { createDeleteOrder, type DeleteOrder } from './delete-order.ts';
import { findGround, listEventsWithNames, listNotes, listOrders as selectOrders } from './desk-store.ts';
import { createHandOut, type HandOut } from './hand-out.ts';
import { noSuchOrder } from './missing-order.ts';
import { createMoveOrder } from './move-order.ts';
import { createOrderNotes, type OrderNotes } from './order-notes.ts';
import { presentOrder, presentSummary } from './order-presenter.ts';
import { deskPolicy } from './policy.ts';

type ListInput = OperationInput<typeof listOrders>['query'];

/** Orders as the people of a lab work on them. */
export interface OrderDesk extends HandOut {
  list(actor: Actor, teamId: TeamId, query: ListInput): Promise<OperationResult<typeof listOrders>>;
  show(actor: Actor, at: OrderAt): Promise<Order>;
  /** @throws AppError conflict for a move that is not in the table of moves */
  setState(actor: Actor, at: OrderAt, given: OperationInput<typeof setOrderState>['body']): Promise<Order>;
  notes: OrderNotes;
  /** @throws AppError conflict for a draft, and for files whose days are over */
  clone(actor: Actor, at: OrderAt): Promise<Order>;
  delete: DeleteOrder;
}

const day = 24 * 60 * 60 * 1000;
const startOf = (date: string): Date => new Date(`${date}T00:00:00Z`);

const filterOf = (query: ListInput, search: string | null) => ({
  dropId: query.dropId ?? null,
  state: query.state ?? (query.drafts ? ('any' as const) : null),
  search,
  from: query.from === undefined ? null : startOf(query.from),
  // The day itself is in it.
  before: query.until === undefined ? null : new Date(startOf(query.until).getTime() + day),
});

export const createOrderDesk = (
  deps: DropsDeps & { mails: OrderMails; statusLink: StatusLink },
): OrderDesk => {
  const { db, access, log, statusLink } = deps;
  const move = createMoveOrder(deps);
  const cloneOrder = createCloneOrder(deps);

  const show = async (at: OrderAt): Promise<Order> => {
    const order = (await findOrder(db, at)) ?? noSuchOrder();
    const opened = await openOrder(db, order);
    return presentOrder({
      ...opened,
      files: await listOrderFiles(db, at),
      notes: await listNotes(db, at),
      events: await listEventsWithNames(db, at),
      mails: await listOrderMails(db, at),
      ground: await findGround(db, order),
      statusUrl: statusLink(opened.drop, order.id).url,
    });
  };

  return {
    list: async (actor, teamId, query) => {
      await access.require(actor, teamId, deskPolicy.read);
      const before = cursorId(query, orderIdSchema);
      const wanted = query.search === undefined || query.search === '' ? null : query.search;
      const search = wanted === null ? null : searchQuery(wanted);
      // Asked for signs alone: no order has such a word.
      const rows =
        wanted !== null && search === null
          ? []
          : await selectOrders(db, teamId, filterOf(query, search), { before, limit: query.limit + 1 });
      return toPage(rows, query.limit, ({ id }) => id, presentSummary);
    },

    show: async (actor, at) => {
      await access.require(actor, at.teamId, deskPolicy.read);
      return show(at);
    },

    setState: async (actor, at, { state, notify }) => {
      const { userId } = await access.require(actor, at.teamId, deskPolicy.move);
      const from = await db.transaction().execute(async (trx) => {
        const order = (await lockOrder(trx, at)) ?? noSuchOrder();
        const drop = (await findPlainDrop(trx, order)) ?? noSuchOrder();
        await move(trx, { order, drop }, state, { userId, notify });
        return order.state;
      });
      log.info({ actorId: actorIdOf(actor), ...at, from, to: state }, 'Order moved');
      return show(at);
    },

    clone: async (actor, at) => {
      const { userId } = await access.require(actor, at.teamId, deskPolicy.clone);
      const copy = await db.transaction().execute((trx) => cloneOrder(trx, at, userId));
      log.info({ actorId: actorIdOf(actor), ...copy, cloneOf: at.orderId }, 'Order taken again');
      return show(copy);
    },

    notes: createOrderNotes(deps),
    delete: createDeleteOrder(deps),
    ...createHandOut({ ...deps, move }),
  };
};
