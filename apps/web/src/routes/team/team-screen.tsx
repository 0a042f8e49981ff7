import { Stack } from '@mantine/core';
import { ApiKeys } from '../../features/teams/api-keys.tsx';
import { Invitations } from '../../features/teams/invitations.tsx';
import { Members } from '../../features/teams/members.tsx';
import { RenameTeam } from '../../features/teams/rename-team.tsx';
import { hasRole } from '../../features/teams/choose-team.ts';
import { useTeam } from '../../features/teams/current-team.tsx';
import { Webhooks } from '../../features/webhooks/webhooks.tsx';
import { PageHeader } from '../../ui/page-header.tsx';

/** Who is in the team, who is invited, which keys programs use. */
export const TeamScreen = () => {
  const { teamName, role } = useTeam();
  return (
    <>
      <PageHeader
        title={teamName}
        about={`You are ${role === 'member' ? 'a' : 'an'} ${role} of this team.`}
        actions={hasRole(role, 'owner') && <RenameTeam />}
      />
      <Stack gap={32} maw={960}>
        <Members />
        {hasRole(role, 'admin') && <Invitations />}
        {hasRole(role, 'admin') && <ApiKeys />}
        {hasRole(role, 'admin') && <Webhooks />}
      </Stack>
    </>
  );
};
