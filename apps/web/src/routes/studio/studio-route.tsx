import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { Me } from '@windlass/contract';
import { z } from 'zod';
import { meQuery } from '../../features/account/queries.ts';
import { mayBeSignedIn, noteSignedIn } from '../../features/account/signed-in-hint.ts';
import { studioViews } from '../../features/studio/state/studio-views.ts';
import { ApiProblem } from '../../lib/problem.ts';
import { rootRoute } from '../root-route.tsx';

/**
 * Open to everybody, and without a call of the API for whoever has no session: the studio works in the page alone.
 * Who is signed in sees it within the shell, for which alone the session is asked about.
 */
export const studioRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/studio',
  validateSearch: z.object({ view: z.enum(studioViews).optional().catch(undefined) }),
  // Not a loader: its data would be kept, and show the stranger's frame for a moment after signing in.
  beforeLoad: async ({ context: { queryClient } }): Promise<{ me: Me | null }> => {
    if (!mayBeSignedIn()) return { me: null };
    try {
      return { me: await queryClient.ensureQueryData(meQuery) };
    } catch (error) {
      // The server may be gone, too: the studio needs none.
      if (error instanceof ApiProblem && error.code === 'notSignedIn') noteSignedIn(false);
      return { me: null };
    }
  },
  component: lazyRouteComponent(() => import('./studio-screen.tsx'), 'StudioScreen'),
});
