import { useSuspenseQuery } from '@tanstack/react-query';
import { createRoute, Outlet, redirect } from '@tanstack/react-router';
import { meQuery } from '../features/account/queries.ts';
import { noteSignedIn } from '../features/account/signed-in-hint.ts';
import { chooseTeam, rememberedTeam, rememberTeam } from '../features/teams/choose-team.ts';
import { ApiProblem } from '../lib/problem.ts';
import { TeamFrame } from './shared/team-frame.tsx';
import { rootRoute } from './root-route.tsx';

const AppLayout = () => {
  const { data: me } = useSuspenseQuery(meQuery);
  const { team } = appRoute.useSearch();
  return (
    <TeamFrame me={me} team={team}>
      <Outlet />
    </TeamFrame>
  );
};

/** Everything behind the sign-in. A stranger is sent there and comes back after. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  beforeLoad: async ({ context, location, search }) => {
    try {
      const me = await context.queryClient.ensureQueryData(meQuery);
      noteSignedIn(true);
      const chosen = chooseTeam(me.memberships, search.team, rememberedTeam());
      if (chosen === undefined) return;
      rememberTeam(chosen.teamId);
      if (me.memberships.length > 1 && search.team !== chosen.teamId) {
        throw redirect({
          to: '.',
          search: { ...search, team: chosen.teamId },
          hash: location.hash,
          replace: true,
        });
      }
    } catch (error) {
      if (!(error instanceof ApiProblem) || error.code !== 'notSignedIn') throw error;
      noteSignedIn(false);
      throw redirect({
        to: '/sign-in',
        search: location.href === '/' ? {} : { next: location.href },
        replace: true,
      });
    }
  },
  component: AppLayout,
});
