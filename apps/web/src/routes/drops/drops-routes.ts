import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { dropViews } from '../../features/drops/drop-views.ts';
import { appRoute } from '../app-route.tsx';

export const dropsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/drops',
  component: lazyRouteComponent(() => import('./drops-screen.tsx'), 'DropsScreen'),
});

export const newDropRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/drops/new',
  /** `connection`: the one to begin with. */
  validateSearch: z.object({ connection: z.string().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./new-drop-screen.tsx'), 'NewDropScreen'),
});

export const dropSettingsRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/drops/settings',
  component: lazyRouteComponent(() => import('./drop-settings-screen.tsx'), 'DropSettingsScreen'),
});

export const dropRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/drops/$dropId',
  /** `view`: the part of the page. */
  validateSearch: z.object({ view: z.enum(dropViews).optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./drop-screen.tsx'), 'DropScreen'),
});
