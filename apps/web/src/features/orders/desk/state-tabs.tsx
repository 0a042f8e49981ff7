import { useQuery } from '@tanstack/react-query';
import { deskStates, type OrderState } from '@windlass/contract';
import { useTeam } from '../../teams/current-team.tsx';
import { useStateWord } from '../order-state.tsx';
import { orderCountsQuery, type OrderFilter } from '../queries.ts';

interface StateTabsProps {
  filter: OrderFilter;
  onState: (state: OrderState | undefined) => void;
}

/** One state, or all that were sent, each with how many there are. Drafts are what customers are at just now. */
export const StateTabs = ({ filter, onState }: StateTabsProps) => {
  const { teamId } = useTeam();
  const word = useStateWord();
  const { data: counts } = useQuery(orderCountsQuery(teamId, filter));
  const countOf = (state: OrderState | undefined): number | undefined =>
    counts === undefined
      ? undefined
      : state === undefined
        ? deskStates.reduce((sum, one) => sum + counts[one], 0)
        : counts[state];
  return (
    <div className="wl-sections" role="group" aria-label="State of the orders">
      {[undefined, ...deskStates, 'draft' as const].map((state) => {
        const count = countOf(state);
        return (
          <button
            key={state ?? 'all'}
            type="button"
            aria-pressed={filter.state === state}
            onClick={() => onState(state)}
          >
            {state === undefined ? 'All' : state === 'draft' ? 'Drafts' : word(state)}
            {count !== undefined && (
              <>
                {' '}
                <span className="wl-tab-count">{count.toLocaleString('en')}</span>
              </>
            )}
          </button>
        );
      })}
    </div>
  );
};
