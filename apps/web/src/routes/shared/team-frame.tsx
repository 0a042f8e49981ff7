import { useMediaQuery } from '@mantine/hooks';
import type { Me } from '@windlass/contract';
import { useMemo, type ReactNode } from 'react';
import { Shell } from '../../features/shell/shell.tsx';
import { chooseTeam, rememberedTeam } from '../../features/teams/choose-team.ts';
import { CurrentTeamContext } from '../../features/teams/current-team.tsx';
import { UploadSessions } from '../../features/transfers/upload-sessions.tsx';
import { NoTeamScreen } from './no-team-screen.tsx';

interface TeamFrameProps {
  me: Me;
  /** The team that the address names. */
  team: string | undefined;
  children: ReactNode;
}

/** The shell around a screen, for the team that is looked at. */
export const TeamFrame = ({ me, team, children }: TeamFrameProps) => {
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
        <UploadSessions key={current.teamId} teamId={current.teamId}>
          {children}
        </UploadSessions>
      </Shell>
    </CurrentTeamContext>
  );
};
