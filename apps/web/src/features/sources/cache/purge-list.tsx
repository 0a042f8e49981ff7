import { Text } from '@mantine/core';
import { useInfiniteQuery } from '@tanstack/react-query';
import type { Source } from '@windlass/contract';
import { ListView } from '../../../ui/list-view.tsx';
import { Middle } from '../../../ui/middle.tsx';
import { Since } from '../../../ui/since.tsx';
import { useTeam } from '../../teams/current-team.tsx';
import { purgesQuery } from '../queries.ts';
import { purgeWords } from './purge-words.ts';

/** The last purges, newest first. */
export const PurgeList = ({ source }: { source: Source }) => {
  const { teamId } = useTeam();
  const query = useInfiniteQuery(purgesQuery(teamId, source.id));
  return (
    <ListView
      what="purges"
      query={query}
      empty={
        <Text size="sm" c="dimmed">
          Nothing was purged in the last 31 days.
        </Text>
      }
    >
      {(purges) => (
        <ul className="wl-rows" aria-label="Purges">
          {purges.map(({ id, scope, value, at, by }) => (
            <li key={id} className="wl-row wl-purge">
              <Text size="sm" component="div">
                {purgeWords[scope].label}
                {value !== '' && (
                  <>
                    : <Middle text={value} longest={48} mono />
                  </>
                )}
              </Text>
              <Text size="sm" c="dimmed" component="div">
                <Since time={at} />, {by ?? 'somebody who has left'}
              </Text>
            </li>
          ))}
        </ul>
      )}
    </ListView>
  );
};
