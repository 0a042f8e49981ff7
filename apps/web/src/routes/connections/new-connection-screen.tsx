import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { ConnectionWizard } from '../../features/connections/connection-wizard.tsx';
import { connectionQuery } from '../../features/connections/queries.ts';
import { hasRole } from '../../features/teams/choose-team.ts';
import { useTeam } from '../../features/teams/current-team.tsx';
import { Empty } from '../../ui/empty.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';

const route = getRouteApi('/app/connections/new');

/** Goes on with a connection that was begun, perhaps on another day. */
const Begun = ({ teamId, connectionId }: { teamId: string; connectionId: string }) => {
  const query = useQuery(connectionQuery(teamId, connectionId));
  if (query.data === undefined) {
    return query.isError ? (
      <ProblemNotice error={query.error} retry={() => void query.refetch()} />
    ) : (
      <Skeleton height={320} />
    );
  }
  return <ConnectionWizard teamId={teamId} made={query.data} />;
};

/** The way to a connection, step by step. */
export const NewConnectionScreen = () => {
  const { teamId, role } = useTeam();
  const { made } = route.useSearch();
  return (
    <div style={{ maxWidth: 880 }}>
      <PageHeader
        title="Connect a bucket"
        about="The bucket and its objects stay yours and where they are."
      />
      {!hasRole(role, 'owner') ? (
        <Empty
          title="Only an owner can connect a bucket"
          action={<LinkButton to="/connections">See the connections</LinkButton>}
        >
          Ask an owner of this team; they are listed on the team page.
        </Empty>
      ) : made === undefined ? (
        <ConnectionWizard teamId={teamId} made={null} />
      ) : (
        <Begun teamId={teamId} connectionId={made} />
      )}
    </div>
  );
};
