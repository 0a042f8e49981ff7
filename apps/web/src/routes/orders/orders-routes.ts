import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { orderStates } from '@windlass/contract';
import { z } from 'zod';
import { appRoute } from '../app-route.tsx';

const day = z.iso.date().optional().catch(undefined);

export const ordersRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/orders',
  /** The filter, so that a link shows what its writer saw: `q` is the search, `drop` the id of an order page. */
  validateSearch: z.object({
    drop: z.string().optional().catch(undefined),
    state: z.enum(orderStates).optional().catch(undefined),
    q: z.string().max(100).optional().catch(undefined),
    from: day,
    until: day,
  }),
  component: lazyRouteComponent(() => import('./orders-screen.tsx'), 'OrdersScreen'),
});

export const orderRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/orders/$orderId',
  /** `by`: the question that files are grouped by. */
  validateSearch: z.object({ by: z.string().max(200).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./order-screen.tsx'), 'OrderScreen'),
});
