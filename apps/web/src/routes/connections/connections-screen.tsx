import { IconPlus } from '@tabler/icons-react';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { ConnectionList } from '../../features/connections/connection-list.tsx';
import { RemoveDemo } from '../../features/connections/remove-demo.tsx';
import { connectionsQuery } from '../../features/connections/queries.ts';
import { embeddedBucketQuery } from '../../features/embedded-bucket/queries.ts';
import { hasRole } from '../../features/teams/choose-team.ts';
import { useTeam } from '../../features/teams/current-team.tsx';
import { Empty } from '../../ui/empty.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { ListView } from '../../ui/list-view.tsx';
import { PageHeader } from '../../ui/page-header.tsx';

/** The team's buckets and how they are. */
export const ConnectionsScreen = () => {
  const { teamId, role } = useTeam();
  const query = useInfiniteQuery(connectionsQuery(teamId));
  const isOwner = hasRole(role, 'owner');
  const connect = isOwner ? (
    <LinkButton to="/connections/new" leftSection={<IconPlus size={16} />}>
      Connect a bucket
    </LinkButton>
  ) : undefined;
  // Only the team that has it is told of it.
  const { data: embedded = null } = useQuery({ ...embeddedBucketQuery(teamId), enabled: isOwner });
  // The empty list has the button already.
  const empty = query.data?.pages[0]?.items.length === 0;
  return (
    <>
      <PageHeader
        title="Connections"
        about="Each is one bucket of yours, with credentials for what it is used for."
        actions={
          <>
            {isOwner && <RemoveDemo />}
            {embedded !== null && (
              <LinkButton to="/embedded-bucket" variant="default">
                Embedded bucket
              </LinkButton>
            )}
            {!empty && connect}
          </>
        }
      />
      <ListView
        what="connections"
        query={query}
        empty={
          <Empty title="No bucket is connected" action={connect}>
            Connect a bucket on AWS, R2, B2, MinIO, Ceph or any other S3-compatible store.
            {connect === undefined && ' Only an owner of the team can do that.'}
          </Empty>
        }
      >
        {(connections) => <ConnectionList connections={connections} />}
      </ListView>
    </>
  );
};
