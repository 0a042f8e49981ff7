import { Group, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { LinkButton } from '../../ui/link-button.tsx';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { CheckPanel } from './check-panel.tsx';
import { connectionQuery } from './queries.ts';

/** The last step of the wizard: the first check runs by itself; then the way on. */
export const FirstCheck = ({ teamId, connectionId }: { teamId: string; connectionId: string }) => {
  const query = useQuery(connectionQuery(teamId, connectionId));
  if (query.isError) return <ProblemNotice error={query.error} retry={() => void query.refetch()} />;
  if (query.isPending) return <Skeleton height={240} />;
  const { value: connection } = query.data;
  const good = connection.state === 'active';
  // Images are read; whoever only takes uploads in has nothing to serve from it.
  const serves = good && connection.jobs.some((job) => job !== 'ingest');
  return (
    <Stack gap={24}>
      <CheckPanel
        teamId={teamId}
        connectionId={connectionId}
        lastCheck={connection.lastCheck}
        mayRun
        runAtOnce
      />
      <Group gap={8}>
        {serves && (
          <LinkButton to="/sources/new" search={{ connection: connectionId }}>
            Serve images from it
          </LinkButton>
        )}
        <LinkButton
          to="/connections/$connectionId"
          params={{ connectionId }}
          variant={serves ? 'default' : 'filled'}
        >
          {good ? 'Open the connection' : 'Mend settings or credentials'}
        </LinkButton>
      </Group>
    </Stack>
  );
};
