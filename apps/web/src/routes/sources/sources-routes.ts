import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { appRoute } from '../app-route.tsx';

export const sourcesRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/sources',
  component: lazyRouteComponent(() => import('./sources-screen.tsx'), 'SourcesScreen'),
});

export const newSourceRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/sources/new',
  /** `connection`: the one to begin with. */
  validateSearch: z.object({ connection: z.string().optional().catch(undefined) }),
  component: lazyRouteComponent(() => import('./new-source-screen.tsx'), 'NewSourceScreen'),
});

export const sourceRoute = createRoute({
  getParentRoute: () => appRoute,
  path: '/sources/$sourceId',
  /** `path`: the picture in the preview; `below`: the prefix that the pictures are listed under. */
  validateSearch: z.object({
    path: z.string().optional().catch(undefined),
    below: z.string().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./source-screen.tsx'), 'SourceScreen'),
});
