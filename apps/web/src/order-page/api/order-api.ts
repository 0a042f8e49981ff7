import type {
  cancelOrderDraft,
  createChallenge,
  getOrderDraft,
  getOrderPage,
  getOrderStatus,
  Operation,
  OperationCall,
  OperationResult,
  saveOrderDraft,
  startOrder,
  submitOrder,
} from '@windlass/contract';
import { requestUrl } from '../../lib/request-url.ts';
import { problemOfAnswer } from './order-problem.ts';

export type StartedOrder = OperationResult<typeof startOrder>;
export type OrderStart = OperationCall<typeof startOrder>['body'];
export type DraftToSave = OperationCall<typeof saveOrderDraft>['body'];
export type OrderToSubmit = OperationCall<typeof submitOrder>['body'];

/** The calls of the public pages. Every one fails with an `OrderProblem`, or with what `fetch` fails with. */
export interface OrderApi {
  page(dropName: string): Promise<OperationResult<typeof getOrderPage>>;
  challenge(dropName: string): Promise<OperationResult<typeof createChallenge>>;
  start(dropName: string, body: OrderStart): Promise<StartedOrder>;
  draft(orderToken: string): Promise<OperationResult<typeof getOrderDraft>>;
  /** @param leaving the page is about to go: the browser finishes the call without it */
  save(orderToken: string, body: DraftToSave, leaving?: boolean): Promise<void>;
  cancel(orderToken: string): Promise<void>;
  submit(orderToken: string, body: OrderToSubmit): Promise<OperationResult<typeof submitOrder>>;
  status(statusToken: string): Promise<OperationResult<typeof getOrderStatus>>;
}

const timeoutMilliseconds = 30_000;

/**
 * Method and path of an operation, held against the contract by their types. Its values stay out of this page: with zod
 * they would be another 48 kB gzipped, more than the page itself.
 */
interface Route<O extends Operation> {
  method: O['method'];
  path: O['path'];
}
interface Call {
  params?: Readonly<Record<string, string>>;
  body?: unknown;
  token?: string;
  keepalive?: boolean;
}

const readJson = async (response: Response): Promise<unknown> => {
  try {
    return await response.json();
  } catch {
    // Not JSON: whoever reads it sees that nothing is there.
    return undefined;
  }
};

const ask = async <O extends Operation>(route: Route<O>, call: Call): Promise<OperationResult<O>> => {
  const response = await fetch(requestUrl(route.path, call.params ?? {}, {}), {
    method: route.method,
    headers: {
      accept: 'application/json',
      ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(call.token === undefined ? {} : { authorization: `Bearer ${call.token}` }),
    },
    // Nobody is signed in here, and a member of the lab who looks at the page is a customer like any other.
    credentials: 'omit',
    keepalive: call.keepalive ?? false,
    signal: AbortSignal.timeout(timeoutMilliseconds),
    ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
  });
  const body = response.status === 204 ? undefined : await readJson(response);
  if (!response.ok) throw problemOfAnswer(response.status, response.headers, body);
  // Our own server shapes its answers with the contract's schemas, and hands out the page of its own version.
  return body as OperationResult<O>;
};

const current = '/api/v1/orders/current';

/** @example const page = await createOrderApi().page('prints') */
export const createOrderApi = (): OrderApi => ({
  page: (dropName) =>
    ask<typeof getOrderPage>(
      { method: 'GET', path: '/api/v1/order-pages/:dropName' },
      { params: { dropName } },
    ),
  challenge: (dropName) =>
    ask<typeof createChallenge>(
      { method: 'POST', path: '/api/v1/order-pages/:dropName/challenges' },
      { params: { dropName } },
    ),
  start: (dropName, body) =>
    ask<typeof startOrder>(
      { method: 'POST', path: '/api/v1/order-pages/:dropName/orders' },
      { params: { dropName }, body },
    ),
  draft: (token) => ask<typeof getOrderDraft>({ method: 'GET', path: current }, { token }),
  save: async (token, body, leaving = false) => {
    await ask<typeof saveOrderDraft>({ method: 'PATCH', path: current }, { token, body, keepalive: leaving });
  },
  cancel: async (token) => {
    await ask<typeof cancelOrderDraft>({ method: 'DELETE', path: current }, { token });
  },
  submit: (token, body) =>
    ask<typeof submitOrder>({ method: 'POST', path: `${current}/submit` }, { token, body }),
  status: (statusToken) =>
    ask<typeof getOrderStatus>(
      { method: 'GET', path: '/api/v1/order-status/:statusToken' },
      { params: { statusToken } },
    ),
});
