import type { OrderId, OrderState, TeamId } from '@windlass/contract';
import { sql, type Selectable, type Updateable } from 'kysely';
import type { Database, Tables } from '../../../platform/db/index.ts';
import type { OrderAt } from '../ports.ts';

export type OrderMailRow = Selectable<Tables['orderMails']>;

/** @returns its id */
export const insertOrderMail = async (
  db: Database,
  mail: {
    teamId: TeamId;
    orderId: OrderId;
    kind: string;
    aboutState: OrderState | null;
    recipient: string;
    createdAt: Date;
  },
): Promise<string> => {
  const { id } = await db
    .insertInto('orderMails')
    .values({ ...mail, state: 'pending' })
    .returning('id')
    .executeTakeFirstOrThrow();
  return id;
};

interface MailAt {
  teamId: TeamId;
  orderId: OrderId;
  mailId: string;
}

const one = (db: Database, { teamId, orderId, mailId }: MailAt) =>
  db
    .selectFrom('orderMails')
    .selectAll()
    .where('teamId', '=', teamId)
    .where('orderId', '=', orderId)
    .where('id', '=', mailId);

/** Index: order_mails_pkey. */
export const findOrderMail = async (db: Database, at: MailAt): Promise<OrderMailRow | null> =>
  (await one(db, at).executeTakeFirst()) ?? null;

/** Keeps others from changing it until the transaction ends. */
export const lockOrderMail = async (db: Database, at: MailAt): Promise<OrderMailRow | null> =>
  (await one(db, at).forUpdate().executeTakeFirst()) ?? null;

export const changeOrderMail = async (
  db: Database,
  { teamId, orderId, mailId }: MailAt,
  change: Pick<Updateable<Tables['orderMails']>, 'state' | 'attempts' | 'trouble' | 'sentAt'>,
): Promise<void> => {
  await db
    .updateTable('orderMails')
    .set(change)
    .where('teamId', '=', teamId)
    .where('orderId', '=', orderId)
    .where('id', '=', mailId)
    .execute();
};

/** Confirmations that an address was sent since a moment, by whichever page of a team. Index: order_mails_recipient. */
export const countConfirmations = async (
  db: Database,
  { teamId, recipient }: { teamId: TeamId; recipient: string },
  since: Date,
): Promise<number> => {
  const { count } = await db
    .selectFrom('orderMails')
    .select((of) => of.fn.countAll<string>().as('count'))
    .where('teamId', '=', teamId)
    .where(sql<string>`lower(recipient)`, '=', recipient.toLowerCase())
    .where('createdAt', '>', since)
    .where('kind', '=', 'received')
    .executeTakeFirstOrThrow();
  return Number(count);
};

/** Of an order, oldest first; `at` is when the last thing happened to it. Index: order_mails_order. */
export const listOrderMails = async (db: Database, { teamId, orderId }: OrderAt) => {
  const rows = await db
    .selectFrom('orderMails')
    .select(['id', 'kind', 'recipient', 'state', 'attempts', 'trouble', 'createdAt', 'sentAt'])
    .where('teamId', '=', teamId)
    .where('orderId', '=', orderId)
    .orderBy('id')
    .execute();
  return rows.map(({ createdAt, sentAt, ...mail }) => ({ ...mail, at: sentAt ?? createdAt }));
};
