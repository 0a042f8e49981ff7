import type { DeskState, Drop, DropId, OrderId, TeamId } from '@windlass/contract';
import type { Database, Row } from '../../platform/db/index.ts';

export type DropRow = Row<'drops'>;
export type OrderRow = Row<'orders'>;
export type OrderFileRow = Row<'orderFiles'>;

/** Where an order is; every query has both. */
export interface OrderAt {
  teamId: TeamId;
  orderId: OrderId;
}

/** An order at the moment at which it was sent, as the transaction has written it. */
export interface ReceivedOrder {
  order: OrderRow;
  drop: DropRow;
  /** Those of the order, in its order; none that was left out. */
  files: readonly OrderFileRow[];
  /** For the customer: whoever has it sees how the order stands. */
  statusUrl: string;
}

/** What pages, desk and retention need of mails (mails/). */
export interface OrderMails {
  /**
   * In the transaction that receives an order: writes rows of `order_mails` for the customer (where there is an address)
   * and for the drop's `notifyEmails`, and their jobs.
   *
   * @returns whether one to the customer is on its way: false where there is no address, or no SMTP server is configured
   */
  orderReceived(trx: Database, received: ReceivedOrder): Promise<{ mailed: boolean }>;
  /** In the transaction that moves an order: the same for its customer. */
  stateChanged(trx: Database, moved: { order: OrderRow; drop: DropRow; state: DeskState }): Promise<void>;
  /** Some days before the files of an order go: the same for its customer. */
  filesGoSoon(trx: Database, order: OrderRow): Promise<void>;
  /**
   * Has one that was given up tried once more at least. Tries are counted on: there is an end to them (mail-attempts.ts).
   *
   * @throws AppError notFound; conflict for one that was sent, is on its way, was tried too often or tells of what is not so
   *   any more, and where no SMTP server is configured
   */
  retry(trx: Database, at: OrderAt & { mailId: string }): Promise<void>;
}

/** What pages and drops need of retention (retention/). */
export interface DropRetention {
  /** What was found the last time that somebody looked (`drops.retention_check`); asks nobody. */
  retentionOf(drop: DropRow): Drop['retention'];
  /** Looks at the bucket, and writes `drops.retention_check`. Ends by itself within 20 seconds. */
  check(at: { teamId: TeamId; dropId: DropId }, signal: AbortSignal): Promise<void>;
}
