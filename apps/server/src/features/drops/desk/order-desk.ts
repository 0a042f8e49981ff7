import {
  orderId as orderIdSchema,
  type countOrders,
  type listOrders,
  type OperationInput,
  type OperationResult,
  type Order,
  type OrderCounts,
  type OrderState,
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
import type { OrderPictures } from '../pictures/order-pictures.ts';
import type { OrderAt, OrderMails } from '../ports.ts';
import { searchQuery } from '../search-words.ts';
import { createCloneOrder } from './clone-order.ts';
import { createDeleteOrder, type DeleteOrder } from './delete-order.ts';
import {
  countByState,
  findGround,
  listEventsWithNames,
  listNotes,
  listOrders as selectOrders,
  type OrderCut,
} from './desk-store.ts';
import { createHandOut, type HandOut } from './hand-out.ts';
import { noSuchOrder } from './missing-order.ts';
import { createMoveOrder } from './move-order.ts';
import { createOrderNotes, type OrderNotes } from './order-notes.ts';
import { presentOrder, presentSummary } from './order-presenter.ts';
import { deskPolicy } from './policy.ts';

type ListInput = OperationInput<typeof listOrders>['query'];
type CountInput = OperationInput<typeof countOrders>['query'];

/** Orders as the people of a lab work on them. */
export interface OrderDesk extends HandOut {
  list(actor: Actor, teamId: TeamId, query: ListInput): Promise<OperationResult<typeof listOrders>>;
  /** How many a list would have of each state, under the same filter. */
  count(actor: Actor, teamId: TeamId, query: CountInput): Promise<OrderCounts>;
  show(actor: Actor, at: OrderAt): Promise<Order>;
  /** @throws AppError conflict for a move that is not in the table of moves */
  setState(actor: Actor, at: OrderAt, given: OperationInput<typeof setOrderState>['body']): Promise<Order>;
  notes: OrderNotes;
  /** @throws AppError as `OrderMails.retry` does */
  retryMail(actor: Actor, at: OrderAt & { mailId: string }): Promise<Order>;
  /** @throws AppError conflict for a draft, and for files whose days are over */
  clone(actor: Actor, at: OrderAt): Promise<Order>;
  delete: DeleteOrder;
}

const day = 24 * 60 * 60 * 1000;
const startOf = (date: string): Date => new Date(`${date}T00:00:00Z`);

/** Null: asked for signs alone, and no order has such a word. */
const cutOf = ({ dropId, search = '', from, until }: CountInput): OrderCut | null => {
  const words = search === '' ? null : searchQuery(search);
  if (search !== '' && words === null) return null;
  return {
    dropId: dropId ?? null,
    search: words,
    from: from === undefined ? null : startOf(from),
    // The day itself is in it.
    before: until === undefined ? null : new Date(startOf(until).getTime() + day),
  };
};

export const createOrderDesk = (
  deps: DropsDeps & { mails: OrderMails; statusLink: StatusLink; pictures: OrderPictures },
): OrderDesk => {
  const { db, access, log, statusLink, pictures } = deps;
  const move = createMoveOrder(deps);
  const cloneOrder = createCloneOrder(deps);

  const show = async (at: OrderAt): Promise<Order> => {
    const order = (await findOrder(db, at)) ?? noSuchOrder();
    const opened = await openOrder(db, order);
    const ground = await findGround(db, order);
    return presentOrder({
      ...opened,
      files: await listOrderFiles(db, at),
      notes: await listNotes(db, at),
      events: await listEventsWithNames(db, at),
      mails: await listOrderMails(db, at),
      ground,
      picturesOf: pictures.linksOf(order, opened.drop, ground),
      statusUrl: statusLink(opened.drop, order.id).url,
    });
  };

  return {
    list: async (actor, teamId, query) => {
      await access.require(actor, teamId, deskPolicy.read);
      const before = cursorId(query, orderIdSchema);
      const cut = cutOf(query);
      const state = query.state ?? (query.drafts ? 'any' : null);
      const page = { before, limit: query.limit + 1 };
      const rows = cut === null ? [] : await selectOrders(db, teamId, { ...cut, state }, page);
      return toPage(rows, query.limit, ({ id }) => id, presentSummary);
    },

    count: async (actor, teamId, query) => {
      await access.require(actor, teamId, deskPolicy.read);
      const cut = cutOf(query);
      const rows = cut === null ? [] : await countByState(db, teamId, cut);
      const counts = new Map(rows.map(({ state, count }) => [state, Number(count)]));
      const of = (state: OrderState): number => counts.get(state) ?? 0;
      return {
        draft: of('draft'),
        received: of('received'),
        downloaded: of('downloaded'),
        inProduction: of('inProduction'),
        ready: of('ready'),
        delivered: of('delivered'),
        cancelled: of('cancelled'),
      };
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

    retryMail: async (actor, { mailId, ...at }) => {
      await access.require(actor, at.teamId, deskPolicy.mail);
      await db.transaction().execute((trx) => deps.mails.retry(trx, { ...at, mailId }));
      log.info({ actorId: actorIdOf(actor), ...at, mailId }, 'Mail of an order tried again');
      return show(at);
    },

    notes: createOrderNotes(deps),
    delete: createDeleteOrder(deps),
    ...createHandOut({ ...deps, move }),
  };
};
