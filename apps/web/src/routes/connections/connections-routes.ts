import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { wizardSteps } from '../../features/connections/draft.ts';
import { appRoute } from '../app-route.tsx';

export const connectionsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/connections',
  component: lazyRouteComponent(() => import('./connections-screen.tsx'), 'ConnectionsScreen'),
});

export const newConnectionRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/connections/new',
  /** The step is in the address, so that back works; `made` is the connection once it exists. */
  validateSearch: z.object({
    step: z.enum(wizardSteps).optional().catch(undefined),
    made: z.string().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./new-connection-screen.tsx'), 'NewConnectionScreen'),
});

export const connectionRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/connections/$connectionId',
  component: lazyRouteComponent(() => import('./connection-screen.tsx'), 'ConnectionScreen'),
});
