import type {
  ConnectionId,
  DeskState,
  DropId,
  OrderId,
  OrderNoteId,
  OrderState,
  TeamId,
  UserId,
} from '@windlass/contract';
import { sql, type ExpressionBuilder } from 'kysely';
import type { Database, Tables } from '../../../platform/db/index.ts';
import type { OrderAt } from '../ports.ts';

/** What orders are cut to, whatever their state; null: not at all. */
export interface OrderCut {
  dropId: DropId | null;
  /** A tsquery, as search-words.ts writes it. */
  search: string | null;
  /** Sent (a draft: begun) at this moment or later. */
  from: Date | null;
  /** Sent, or begun, before this moment. */
  before: Date | null;
}

export interface OrderFilter extends OrderCut {
  /** Null: every state but `draft`; `any`: drafts too. */
  state: OrderState | 'any' | null;
}

// Without the words of the search, which may be a megabyte.
const summaryColumns = [
  'orders.id',
  'orders.number',
  'orders.dropId',
  'orders.state',
  'orders.late',
  'orders.customerName',
  'orders.customerEmail',
  'orders.customerPhone',
  'orders.files',
  'orders.bytes',
  'orders.createdAt',
  'orders.submittedAt',
  'orders.filesUntil',
  'orders.filesDeletedAt',
] as const;

/** As one expression, so that the list and its counts are cut alike. */
const isInCut = ({ dropId, search, from, before }: OrderCut) => {
  const moment = sql<Date>`coalesce(orders.submitted_at, orders.created_at)`;
  return (of: ExpressionBuilder<Tables, 'orders'>) =>
    of.and([
      ...(dropId === null ? [] : [of('orders.dropId', '=', dropId)]),
      ...(search === null ? [] : [sql<boolean>`orders.search @@ ${search}::tsquery`]),
      ...(from === null ? [] : [of(moment, '>=', from)]),
      ...(before === null ? [] : [of(moment, '<', before)]),
    ]);
};

/** Newest first. Indexes: orders_list, orders_drop for a page, orders_state for a state, orders_search for words. */
export const listOrders = (
  db: Database,
  teamId: TeamId,
  filter: OrderFilter,
  page: { before: OrderId | null; limit: number },
) => {
  const { state, ...cut } = filter;
  let query = db
    .selectFrom('orders')
    .innerJoin('drops', (join) =>
      join.onRef('drops.teamId', '=', 'orders.teamId').onRef('drops.id', '=', 'orders.dropId'),
    )
    .select(summaryColumns)
    .select(['drops.title as dropTitle', 'drops.demo'])
    .where('orders.teamId', '=', teamId)
    .where(isInCut(cut))
    .orderBy('orders.id', 'desc')
    .limit(page.limit);
  if (state === null) query = query.where('orders.state', '<>', 'draft');
  else if (state !== 'any') query = query.where('orders.state', '=', state);
  if (page.before !== null) query = query.where('orders.id', '<', page.before);
  return query.execute();
};

/**
 * Orders by state, in one pass over all orders of the team, whichever way PostgreSQL chooses: over orders_state or orders_drop
 * where the table was vacuumed lately, else over the table itself. Words are found by orders_search. 200,000 orders take 0.2
 * seconds, so that it is no question to ask often.
 */
export const countByState = (db: Database, teamId: TeamId, cut: OrderCut) =>
  db
    .selectFrom('orders')
    .select(['orders.state', (of) => of.fn.countAll<string>().as('count')])
    .where('orders.teamId', '=', teamId)
    .where(isInCut(cut))
    .groupBy('orders.state')
    .execute();

export type SummaryRow = Awaited<ReturnType<typeof listOrders>>[number];

/** Where the files of an order are, and what its connection may; null once that was deleted. Index: connections_team_id_key. */
export const findGround = async (
  db: Database,
  { teamId, connectionId }: { teamId: TeamId; connectionId: ConnectionId | null },
) =>
  connectionId === null
    ? null
    : ((await db
        .selectFrom('connections')
        .select(['name', 'provider', 'bucket', 'prefix', 'endpoint', 'region', 'lastCheck'])
        .where('teamId', '=', teamId)
        .where('id', '=', connectionId)
        .executeTakeFirst()) ?? null);

/** What happened to an order and who did it, oldest first. Index: order_events_order. */
export const listEventsWithNames = (db: Database, { teamId, orderId }: OrderAt) =>
  db
    .selectFrom('orderEvents')
    .leftJoin('users', 'users.id', 'orderEvents.madeBy')
    .select(['orderEvents.state', 'orderEvents.at', 'users.name as by'])
    .where('orderEvents.teamId', '=', teamId)
    .where('orderEvents.orderId', '=', orderId)
    .orderBy('orderEvents.id')
    .execute();

const notes = (db: Database, { teamId, orderId }: OrderAt) =>
  db
    .selectFrom('orderNotes')
    .leftJoin('users', 'users.id', 'orderNotes.madeBy')
    .select(['orderNotes.id', 'orderNotes.text', 'orderNotes.at', 'orderNotes.madeBy', 'users.name as by'])
    .where('orderNotes.teamId', '=', teamId)
    .where('orderNotes.orderId', '=', orderId);

export type NoteRow = Awaited<ReturnType<typeof listNotes>>[number];

/** Oldest first. Index: order_notes_order. */
export const listNotes = (db: Database, at: OrderAt) => notes(db, at).orderBy('orderNotes.id').execute();

export const findNote = async (db: Database, at: OrderAt, id: OrderNoteId): Promise<NoteRow | null> =>
  (await notes(db, at).where('orderNotes.id', '=', id).executeTakeFirst()) ?? null;

export const insertNote = async (
  db: Database,
  { teamId, orderId }: OrderAt,
  note: { id: OrderNoteId; text: string; madeBy: UserId | null; at: Date },
): Promise<void> => {
  await db
    .insertInto('orderNotes')
    .values({ teamId, orderId, ...note })
    .execute();
};

export const deleteNote = async (
  db: Database,
  { teamId, orderId }: OrderAt,
  id: OrderNoteId,
): Promise<void> => {
  await db
    .deleteFrom('orderNotes')
    .where('teamId', '=', teamId)
    .where('orderId', '=', orderId)
    .where('id', '=', id)
    .execute();
};

/** What a team calls its states, in the place of what it called them before. Index: order_state_labels_pkey. */
export const replaceLabels = async (
  db: Database,
  teamId: TeamId,
  labels: readonly { state: DeskState; label: string }[],
): Promise<void> => {
  await db.deleteFrom('orderStateLabels').where('teamId', '=', teamId).execute();
  if (labels.length === 0) return;
  await db
    .insertInto('orderStateLabels')
    .values(labels.map((label) => ({ teamId, ...label })))
    .execute();
};
