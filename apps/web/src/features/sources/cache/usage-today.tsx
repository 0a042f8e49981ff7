import { Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { Source } from '@windlass/contract';
import { plural } from '../../../lib/format.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { usageQuery } from '../queries.ts';

/** Heights of a column each, from 0 to 1. */
const heights = (counts: readonly number[]): readonly number[] => {
  const most = Math.max(1, ...counts);
  return counts.map((count) => count / most);
};

const width = 4;

/** Requests of the last day as a row of small columns, and how many of them the caches answered. */
export const UsageToday = ({ source }: { source: Source }) => {
  const { teamId } = useTeam();
  const { data } = useQuery({ ...usageQuery(teamId, source.id, 'day'), refetchInterval: false });
  if (data === undefined) return <span />;
  const { requests, hitRatio } = data.totals;
  const hits = hitRatio === null ? '' : `, ${Math.round(hitRatio * 100)} % hits`;
  return (
    <div className="wl-today">
      {requests > 0 && (
        <svg viewBox={`0 0 ${data.points.length * width} 16`} aria-hidden="true" preserveAspectRatio="none">
          {heights(data.points.map((point) => point.requests)).map((height, index) => (
            // Hours never change their places.
            // oxlint-disable-next-line react/no-array-index-key
            <rect key={index} x={index * width} y={16 - height * 16} width={width - 1} height={height * 16} />
          ))}
        </svg>
      )}
      <Text size="xs" c="dimmed">
        {requests === 0 ? 'no requests today' : `${plural(requests, 'request')}${hits}`}
      </Text>
    </div>
  );
};
