import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { appRoute } from '../app-route.tsx';

export const embeddedBucketRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/embedded-bucket',
  component: lazyRouteComponent(() => import('./embedded-bucket-screen.tsx'), 'EmbeddedBucketScreen'),
});
