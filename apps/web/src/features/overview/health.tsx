import { Skeleton, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { connectionStates } from '@windlass/contract';
import { connectionStateWords } from '../../lib/connection-state.ts';
import { plural } from '../../lib/format.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { Section } from '../../ui/section.tsx';
import { State } from '../../ui/state.tsx';
import { ConnectionList } from '../connections/connection-list.tsx';
import { connectionChoicesQuery } from '../connections/queries.ts';
import { useTeam } from '../teams/current-team.tsx';

/** More than this and the overview shows counts with a link in place of rows. */
const mostRows = 5;

/** Are my buckets healthy: a row each while they are few. */
export const Health = () => {
  const { teamId } = useTeam();
  const query = useQuery(connectionChoicesQuery(teamId));
  if (query.isPending) return <Skeleton height={120} role="status" aria-label="Loading connections" />;
  if (query.data === undefined)
    return <ProblemNotice error={query.error} retry={() => void query.refetch()} />;
  const { items, nextCursor } = query.data;
  const counts = connectionStates
    .map((state) => ({ state, count: items.filter((connection) => connection.state === state).length }))
    .filter(({ count }) => count > 0);
  return (
    <Section
      title="Buckets"
      actions={
        items.length > mostRows && (
          <Link to="/connections">All {nextCursor === null ? items.length : 'connections'}</Link>
        )
      }
    >
      {items.length === 0 && <Text c="dimmed">No bucket is connected.</Text>}
      {items.length > mostRows && (
        <div style={{ display: 'flex', flexWrap: 'wrap', gap: 24 }}>
          {counts.map(({ state, count }) => (
            <State
              key={state}
              tone={connectionStateWords[state].tone}
              word={`${count} ${connectionStateWords[state].word.toLowerCase()}`}
              why={`${plural(count, 'connection')}: ${connectionStateWords[state].why}`}
            />
          ))}
        </div>
      )}
      {items.length > 0 && <ConnectionList connections={items.slice(0, mostRows)} />}
    </Section>
  );
};
