import { useMediaQuery } from '@mantine/hooks';
import { useSuspenseQuery } from '@tanstack/react-query';
import { createRoute, Outlet, redirect } from '@tanstack/react-router';
import { useMemo } from 'react';
import { meQuery } from '../features/account/queries.ts';
import { Shell } from '../features/shell/shell.tsx';
import { chooseTeam, rememberedTeam, rememberTeam } from '../features/teams/choose-team.ts';
import { CurrentTeamContext } from '../features/teams/current-team.tsx';
import { ApiProblem } from '../lib/problem.ts';
import { NoTeamScreen } from './shared/no-team-screen.tsx';
import { rootRoute } from './root-route.tsx';

const AppLayout = () => {
  const { data: me } = useSuspenseQuery(meQuery);
  const { team } = appRoute.useSearch();
  const phone = useMediaQuery('(max-width: 767px)', undefined, { getInitialValueInEffect: false });
  const chosen = chooseTeam(me.memberships, team, rememberedTeam());
  const current = useMemo(
    () => (chosen === undefined ? null : { ...chosen, memberships: me.memberships, user: me.user }),
    [chosen, me],
  );
  if (current === null) return <NoTeamScreen />;
  return (
    <CurrentTeamContext value={current}>
      <Shell phone={phone}>
        {/* A new key: nothing of the other team's screens may stay. */}
        <Outlet key={current.teamId} />
      </Shell>
    </CurrentTeamContext>
  );
};

/** Everything behind the sign-in. A stranger is sent there and comes back after. */
export const appRoute = createRoute({
  getParentRoute: () => rootRoute,
  id: 'app',
  beforeLoad: async ({ context, location, search }) => {
    try {
      const me = await context.queryClient.ensureQueryData(meQuery);
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
      throw redirect({
        to: '/sign-in',
        search: location.href === '/' ? {} : { next: location.href },
        replace: true,
      });
    }
  },
  component: AppLayout,
});
