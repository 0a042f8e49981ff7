import {
  countOrders,
  getOrder,
  getOrderCosts,
  getOrderStateLabels,
  listOrders,
  type DeskState,
  type Order,
  type OrderState,
} from '@windlass/contract';
import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { call } from '../../lib/api.ts';
import { firstPage, nextPage } from '../../lib/paging.ts';

/** What a list of orders is narrowed to; nothing set: every order that was sent. */
export interface OrderFilter {
  drop?: string | undefined;
  state?: OrderState | undefined;
  q?: string | undefined;
  from?: string | undefined;
  until?: string | undefined;
}

const cutOf = ({ drop, q, from, until }: OrderFilter) => ({
  ...(drop === undefined ? {} : { dropId: drop }),
  ...(q === undefined || q.trim() === '' ? {} : { search: q.trim() }),
  ...(from === undefined ? {} : { from }),
  ...(until === undefined ? {} : { until }),
});

const queryOf = ({ state, ...cut }: OrderFilter) => ({
  ...cutOf(cut),
  ...(state === undefined ? {} : { state, drafts: String(state === 'draft') }),
});

export const ordersQuery = (teamId: string, filter: OrderFilter) =>
  infiniteQueryOptions({
    queryKey: ['orders', teamId, 'list', queryOf(filter)],
    queryFn: ({ pageParam, signal }) =>
      call(listOrders, { params: { teamId }, query: { ...pageParam, ...queryOf(filter) }, signal }),
    initialPageParam: firstPage,
    getNextPageParam: nextPage,
  });

/** How often the desk looks for new orders while somebody has it open. */
const lookMilliseconds = 15_000;

/** The newest orders of a list, to tell of what came in: the list itself is not moved under anybody's hands. */
export const newestOrdersQuery = (teamId: string, filter: OrderFilter) =>
  queryOptions({
    queryKey: ['orders', teamId, 'newest', queryOf(filter)],
    queryFn: ({ signal }) =>
      call(listOrders, { params: { teamId }, query: { ...queryOf(filter), limit: 20 }, signal }),
    refetchInterval: lookMilliseconds,
  });

/** Counting reads all orders of the team. What is done at this desk is counted at once: it has the queries of orders read anew. */
const countMilliseconds = 60_000;

/** How many are in each state under the filter, whichever state is looked at. */
export const orderCountsQuery = (teamId: string, filter: OrderFilter) =>
  queryOptions({
    queryKey: ['orders', teamId, 'counts', cutOf(filter)],
    queryFn: ({ signal }): Promise<Record<OrderState, number>> =>
      call(countOrders, { params: { teamId }, query: cutOf(filter), signal }),
    refetchInterval: countMilliseconds,
    // While the next filter is counted the tabs keep their width.
    placeholderData: keepPreviousData,
  });

/** Orders that nobody has looked at, as far as one page tells. */
export const waitingOrdersQuery = (teamId: string) =>
  queryOptions({
    queryKey: ['orders', teamId, 'waiting'],
    queryFn: ({ signal }) =>
      call(listOrders, { params: { teamId }, query: { state: 'received', limit: 50 }, signal }),
    refetchInterval: 60_000,
  });

/** Jobs write mails and the manifest a moment after the order came in; a mail that failed is tried again much later. */
const nextLook = ({ manifest, mails }: Pick<Order, 'manifest' | 'mails'>): number | false => {
  const waiting = mails.filter(({ state }) => state === 'pending');
  if (waiting.some(({ trouble }) => trouble === null)) return 1500;
  return manifest === 'pending' || waiting.length > 0 ? 5000 : false;
};

export const orderQuery = (teamId: string, orderId: string) =>
  queryOptions({
    queryKey: ['order', teamId, orderId],
    queryFn: ({ signal }) => call(getOrder, { params: { teamId, orderId }, signal }),
    refetchInterval: ({ state }) => (state.data === undefined ? false : nextLook(state.data)),
  });

export const stateLabelsQuery = (teamId: string) =>
  queryOptions({
    queryKey: ['order-states', teamId],
    queryFn: ({ signal }): Promise<Record<DeskState, string>> =>
      call(getOrderStateLabels, { params: { teamId }, signal }),
    staleTime: 5 * 60_000,
  });

export const orderCostsQuery = (teamId: string, dropId: string | undefined) =>
  queryOptions({
    queryKey: ['order-costs', teamId, dropId ?? 'all'],
    queryFn: ({ signal }) =>
      call(getOrderCosts, { params: { teamId }, query: dropId === undefined ? {} : { dropId }, signal }),
  });
