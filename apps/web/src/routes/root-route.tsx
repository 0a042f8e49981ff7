import type { QueryClient } from '@tanstack/react-query';
import { createRootRouteWithContext, Outlet, retainSearchParams } from '@tanstack/react-router';
import { z } from 'zod';
import { ErrorScreen } from './shared/error-screen.tsx';
import { NotFoundScreen } from './shared/not-found-screen.tsx';

/** `team` is in every address once somebody has more than one, so that a link opens the right team's thing. */
export const rootSearch = z.object({ team: z.string().optional().catch(undefined) });

export const rootRoute = createRootRouteWithContext<{ queryClient: QueryClient }>()({
  validateSearch: rootSearch,
  search: { middlewares: [retainSearchParams(['team'])] },
  component: Outlet,
  notFoundComponent: () => (
    <main>
      <NotFoundScreen />
    </main>
  ),
  errorComponent: (props) => (
    <main>
      <ErrorScreen {...props} />
    </main>
  ),
});
