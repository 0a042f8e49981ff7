import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import { z } from 'zod';
import { sourceViews } from '../../features/sources/source-views.ts';
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
  /**
   * `view`: the part of the page; `path`: the picture in the explorer; `q`: its parameters as a query string; `below`:
   * the prefix that the pictures are listed under.
   */
  validateSearch: z.object({
    view: z.enum(sourceViews).optional().catch(undefined),
    q: z.string().max(8192).optional().catch(undefined),
    path: z.string().optional().catch(undefined),
    below: z.string().optional().catch(undefined),
  }),
  component: lazyRouteComponent(() => import('./source-screen.tsx'), 'SourceScreen'),
});
