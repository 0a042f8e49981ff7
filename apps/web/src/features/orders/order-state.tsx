import { useQuery } from '@tanstack/react-query';
import type { OrderState } from '@windlass/contract';
import { State } from '../../ui/state.tsx';
import { useTeam } from '../teams/current-team.tsx';
import { orderStateWords, stateWord } from './order-words.ts';
import { stateLabelsQuery } from './queries.ts';

/** Says a state in the lab's own words; the usual ones until they are loaded. */
export const useStateWord = (): ((state: OrderState) => string) => {
  const { teamId } = useTeam();
  const { data } = useQuery(stateLabelsQuery(teamId));
  return (state) => stateWord(state, data);
};

interface OrderStateViewProps {
  state: OrderState;
  since?: string;
}

/** The state of an order: a dot, and what the lab calls it. */
export const OrderStateView = ({ state, since }: OrderStateViewProps) => {
  const word = useStateWord();
  return (
    <State
      tone={orderStateWords[state].tone}
      word={word(state)}
      {...(since === undefined ? {} : { since })}
    />
  );
};
