import {
  cancelOrderDraft,
  createChallenge,
  getOrderDraft,
  getOrderPage,
  getOrderStatus,
  saveOrderDraft,
  startOrder,
  submitOrder,
} from '@windlass/contract';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { AppError } from '../../kernel/app-error.ts';
import { bearerOf } from '../../platform/http/bearer.ts';
import { registerOperation } from '../../platform/http/register-operation.ts';
import { toLimitKey } from '../../platform/http/limit-key.ts';
import type { OrderPages } from './pages/pages.ts';

/** @throws AppError notSignedIn without any token */
const orderTokenOf = ({ headers }: FastifyRequest): string => {
  const token = bearerOf(headers.authorization);
  if (token === null) throw new AppError('notSignedIn', 'This call needs the token of an order.');
  return token;
};
const networkOf = ({ ip }: FastifyRequest): string => toLimitKey(ip);

/** What customers call: no session, and nothing that a team owns but what its page shows. */
export const registerPageRoutes = (app: FastifyInstance, pages: OrderPages): void => {
  registerOperation(app, getOrderPage, ({ params }) => pages.page(params.dropName));
  registerOperation(app, createChallenge, ({ params, request }) =>
    pages.challenge(params.dropName, networkOf(request)),
  );
  registerOperation(app, startOrder, ({ params, body, request }) =>
    pages.start(params.dropName, networkOf(request), body),
  );
  registerOperation(app, getOrderStatus, ({ params }) => pages.status(params.statusToken));
  registerOrderRoutes(app, pages);
};

/** The calls of whoever is at an order. Its token is looked up before the body is read: who has none sends none. */
const registerOrderRoutes = (app: FastifyInstance, pages: OrderPages): void => {
  void app.register(async (scope) => {
    scope.addHook('onRequest', (request) => pages.requireOrder(orderTokenOf(request)));
    registerOperation(scope, getOrderDraft, ({ request }) => pages.drafts.show(orderTokenOf(request)));
    registerOperation(scope, saveOrderDraft, ({ request, body }) =>
      pages.drafts.save(orderTokenOf(request), body),
    );
    registerOperation(scope, cancelOrderDraft, ({ request }) => pages.drafts.cancel(orderTokenOf(request)));
    registerOperation(scope, submitOrder, ({ request, body }) => pages.submit(orderTokenOf(request), body));
  });
};
