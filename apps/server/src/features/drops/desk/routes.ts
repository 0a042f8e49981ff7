import {
  addOrderNote,
  cloneOrder,
  countOrders,
  deleteOrder,
  deleteOrderNote,
  getOrder,
  getOrderCosts,
  getOrderStateLabels,
  listOrders,
  resetStoragePrices,
  retryOrderMail,
  setOrderState,
  setOrderStateLabels,
  setStoragePrices,
  signOrderFiles,
  zipOrder,
} from '@windlass/contract';
import type { FastifyInstance } from 'fastify';
import { registerOperation } from '../../../platform/http/register-operation.ts';
import type { OrderCosts } from '../costs/order-costs.ts';
import type { OrderDesk } from './order-desk.ts';
import type { StateLabels } from './state-labels.ts';

/** What the people of a lab call. */
export const registerDeskRoutes = (
  app: FastifyInstance,
  { desk, stateLabels, costs }: { desk: OrderDesk; stateLabels: StateLabels; costs: OrderCosts },
): void => {
  registerOperation(app, listOrders, ({ actor, params, query }) => desk.list(actor, params.teamId, query));
  registerOperation(app, countOrders, ({ actor, params, query }) => desk.count(actor, params.teamId, query));
  registerOperation(app, getOrder, ({ actor, params }) => desk.show(actor, params));
  registerOperation(app, setOrderState, ({ actor, params, body }) => desk.setState(actor, params, body));
  registerOperation(app, addOrderNote, ({ actor, params, body }) => desk.notes.add(actor, params, body.text));
  registerOperation(app, deleteOrderNote, ({ actor, params }) => desk.notes.delete(actor, params));
  registerOperation(app, retryOrderMail, ({ actor, params: { orderMailId: mailId, ...at } }) =>
    desk.retryMail(actor, { ...at, mailId }),
  );
  registerOperation(app, cloneOrder, ({ actor, params }) => desk.clone(actor, params));
  registerOperation(app, deleteOrder, ({ actor, params, query }) => desk.delete(actor, params, query.files));
  registerOperation(app, zipOrder, ({ actor, params }) => desk.zip(actor, params));
  registerOperation(app, signOrderFiles, ({ actor, params, body }) => desk.sign(actor, params, body));
  registerOperation(app, getOrderStateLabels, ({ actor, params }) => stateLabels.show(actor, params.teamId));
  registerOperation(app, setOrderStateLabels, ({ actor, params, body }) =>
    stateLabels.set(actor, params.teamId, body),
  );
  registerOperation(app, getOrderCosts, ({ actor, params, query }) =>
    costs.show(actor, params.teamId, query),
  );
  registerOperation(app, setStoragePrices, ({ actor, params, body }) => costs.setPrices(actor, params, body));
  registerOperation(app, resetStoragePrices, ({ actor, params }) => costs.resetPrices(actor, params));
};
