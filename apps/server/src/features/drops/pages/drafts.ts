import type { Answers, OperationInput, OrderDraft, saveOrderDraft, TransferId } from '@windlass/contract';
import { AppError } from '../../../kernel/app-error.ts';
import { definedOnly } from '../../../kernel/defined-only.ts';
import type { DropsDeps } from '../deps.ts';
import { missingOrder } from '../missing.ts';
import type { StatusLink } from '../page-keys.ts';
import type { OrderAt, OrderRow } from '../ports.ts';
import { throwAwayDraft } from './close-order.ts';
import { isOver, openOrder, orderOfToken } from './open-order.ts';
import { changeOrder, listOrderFiles, lockOrder } from './order-store.ts';

/** Orders that their customers are still at. */
export interface Drafts {
  /** @throws AppError notFound, as all of these do for a token that is none, or of an order that was not sent in time */
  show(token: string): Promise<OrderDraft>;
  /** @throws AppError conflict once it was sent */
  save(token: string, given: OperationInput<typeof saveOrderDraft>['body']): Promise<OrderDraft>;
  /** @throws AppError conflict once it was sent */
  cancel(token: string): Promise<void>;
}

const atOf = ({ teamId, id }: OrderRow): OrderAt => ({ teamId, orderId: id });

const requireDraft = ({ state, number }: OrderRow): void => {
  if (state === 'draft') return;
  throw new AppError('conflict', `Order ${number} was sent: it can be changed by the lab only.`);
};

/** What people type has no place for more than the form asks; a draft with less is fine. */
const customerColumns = (customer: OperationInput<typeof saveOrderDraft>['body']['customer']) =>
  definedOnly({
    customerName: customer?.name,
    customerEmail: customer?.email,
    customerPhone: customer?.phone,
  });

export const createDrafts = (
  deps: Pick<DropsDeps, 'db' | 'transfers' | 'jobs' | 'clock' | 'log'> & { statusLink: StatusLink },
): Drafts => {
  const { db, transfers, clock, log, statusLink } = deps;

  /** While it is a draft, what the ledger has of it; afterwards what was sent. */
  const filesOf = async (order: OrderRow): Promise<OrderDraft['files']> => {
    if (order.state !== 'draft' || order.grantId === null) {
      const files = await listOrderFiles(db, atOf(order));
      return files.map(({ transferId, name, size, type, options }) => ({
        transferId,
        name,
        size: Number(size),
        type,
        received: true,
        options,
      }));
    }
    const files = await transfers.filesOf(db, order.teamId, order.grantId);
    return files.map(({ id, name, size, type, state }) => ({
      transferId: id,
      name,
      size,
      type,
      received: state === 'received',
      options: order.draftOptions[id] ?? {},
    }));
  };

  const present = async (order: OrderRow): Promise<OrderDraft> => {
    const { drop, fields } = await openOrder(db, order);
    return {
      number: order.number,
      formVersion: order.formVersion,
      fields,
      customer: { name: order.customerName, email: order.customerEmail, phone: order.customerPhone },
      answers: order.answers,
      files: await filesOf(order),
      statusUrl: statusLink(drop, order.id).url,
      // Of an order that was sent, nothing is thrown away; the moment is kept for who asks late.
      expiresAt: (order.expiresAt ?? order.submittedAt ?? order.updatedAt).toISOString(),
      submittedAt: order.submittedAt?.toISOString() ?? null,
    };
  };

  return {
    show: async (token) => present(await orderOfToken(deps, token)),

    save: async (token, { customer, answers, files }) => {
      const found = await orderOfToken(deps, token);
      await db.transaction().execute(async (trx) => {
        const order = (await lockOrder(trx, atOf(found))) ?? missingOrder();
        requireDraft(order);
        if (isOver(order, clock.now())) missingOrder();
        const options: Record<TransferId, Answers> | undefined =
          files && Object.fromEntries(files.map((file) => [file.transferId, file.options]));
        await changeOrder(trx, atOf(order), {
          ...customerColumns(customer),
          ...(answers === undefined ? {} : { answers: JSON.stringify(answers) }),
          ...(options === undefined ? {} : { draftOptions: JSON.stringify(options) }),
          updatedAt: clock.now(),
        });
      });
      return present(await orderOfToken(deps, token));
    },

    cancel: async (token) => {
      const found = await orderOfToken(deps, token);
      await db.transaction().execute(async (trx) => {
        requireDraft((await throwAwayDraft(deps, trx, found)) ?? missingOrder());
      });
      log.info({ teamId: found.teamId, orderId: found.id }, 'Draft of an order cancelled');
    },
  };
};
