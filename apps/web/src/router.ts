import type { QueryClient } from '@tanstack/react-query';
import { createRouter } from '@tanstack/react-router';
import { accountRoute } from './routes/account/account-route.ts';
import { appRoute } from './routes/app-route.tsx';
import {
  connectionRoute,
  connectionsRoute,
  newConnectionRoute,
} from './routes/connections/connections-routes.ts';
import { dropRoute, dropSettingsRoute, dropsRoute, newDropRoute } from './routes/drops/drops-routes.ts';
import { invitationRoute } from './routes/invitation/invitation-route.ts';
import { orderRoute, ordersRoute } from './routes/orders/orders-routes.ts';
import { overviewRoute } from './routes/overview/overview-route.ts';
import { rootRoute } from './routes/root-route.tsx';
import { setupRoute } from './routes/setup/setup-route.ts';
import { ErrorScreen } from './routes/shared/error-screen.tsx';
import { NotFoundScreen } from './routes/shared/not-found-screen.tsx';
import { signInRoute } from './routes/sign-in/sign-in-route.ts';
import { newSourceRoute, sourceRoute, sourcesRoute } from './routes/sources/sources-routes.ts';
import { studioRoute } from './routes/studio/studio-route.tsx';
import { embeddedBucketRoute } from './routes/embedded-bucket/embedded-bucket-route.ts';
import { teamRoute } from './routes/team/team-route.ts';
import { webhookRoute } from './routes/webhooks/webhook-route.ts';

const routeTree = rootRoute.addChildren([
  setupRoute,
  signInRoute,
  invitationRoute,
  studioRoute,
  appRoute.addChildren([
    overviewRoute,
    dropsRoute,
    newDropRoute,
    dropSettingsRoute,
    dropRoute,
    ordersRoute,
    orderRoute,
    sourcesRoute,
    newSourceRoute,
    sourceRoute,
    connectionsRoute,
    newConnectionRoute,
    connectionRoute,
    teamRoute,
    webhookRoute,
    embeddedBucketRoute,
    accountRoute,
  ]),
]);

/** All screens with their addresses. */
export const createAppRouter = (queryClient: QueryClient) =>
  createRouter({
    routeTree,
    context: { queryClient },
    defaultPreload: 'intent',
    defaultPreloadStaleTime: 0,
    defaultErrorComponent: ErrorScreen,
    defaultNotFoundComponent: NotFoundScreen,
    scrollRestoration: true,
  });

export type AppRouter = ReturnType<typeof createAppRouter>;

declare module '@tanstack/react-router' {
  interface Register {
    router: AppRouter;
  }
}
