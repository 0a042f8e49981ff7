import { VisuallyHidden } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { waitingOrdersQuery } from '../orders/queries.ts';
import { useTeam } from '../teams/current-team.tsx';

/** How many orders nobody has taken up yet, beside the way to them; nothing where there are none. */
export const WaitingCount = () => {
  const { teamId } = useTeam();
  const { data } = useQuery(waitingOrdersQuery(teamId));
  if (data === undefined || data.items.length === 0) return null;
  const count = `${data.items.length}${data.nextCursor === null ? '' : '+'}`;
  return (
    <span className="wl-nav-count">
      {count}
      <VisuallyHidden> {count === '1' ? 'waits' : 'wait'}</VisuallyHidden>
    </span>
  );
};
