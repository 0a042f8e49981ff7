import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../app-route.tsx';

export const webhookRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/team/webhooks/$webhookId',
  component: lazyRouteComponent(() => import('./webhook-screen.tsx'), 'WebhookScreen'),
});
