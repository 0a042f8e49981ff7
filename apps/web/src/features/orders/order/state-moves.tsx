import { Button, Checkbox, Group, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { deskStates, setOrderState, type DeskState, type Order } from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../../lib/api.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { toastDone } from '../../../ui/toast.ts';
import { setupQuery } from '../../account/queries.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { useStateWord } from '../order-state.tsx';

/** The next step of the usual way is the one to press; others, back as well, stand beside it. */
const usualOf = ({ state, next }: Order): DeskState | undefined => {
  const place = deskStates.findIndex((one) => one === state);
  return next.find((one) => deskStates.indexOf(one) > place && one !== 'cancelled');
};

/** Moves an order to a state that it can go to. A move is taken back by moving back. */
export const StateMoves = ({ order }: { order: Order }) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const word = useStateWord();
  const [notify, setNotify] = useState(true);
  const sendsMail = useQuery(setupQuery).data?.sendsMail === true;
  const canTell = sendsMail && order.customer.email !== null;
  const move = useMutation({
    mutationFn: (state: DeskState) =>
      call(setOrderState, {
        params: { teamId, orderId: order.id },
        body: { state, notify: notify && canTell },
      }),
    onSuccess: async (moved) => {
      client.setQueryData(['order', teamId, order.id], moved);
      await client.invalidateQueries({ queryKey: ['orders', teamId] });
      toastDone(`${moved.number} is now: ${word(moved.state)}.`);
    },
  });
  const usual = usualOf(order);
  if (order.next.length === 0) return null;
  return (
    <Stack gap={8}>
      <Group gap={8} role="group" aria-label="Move the order to">
        {order.next.map((state) => (
          <Button
            key={state}
            size="xs"
            variant={state === usual ? 'filled' : 'default'}
            loading={move.isPending && move.variables === state}
            disabled={move.isPending}
            onClick={() => move.mutate(state)}
          >
            {word(state)}
          </Button>
        ))}
      </Group>
      {canTell && (
        <Checkbox
          size="xs"
          label="Tell the customer by e-mail"
          checked={notify}
          onChange={({ currentTarget: { checked } }) => setNotify(checked)}
        />
      )}
      {move.isError && <ProblemNotice error={move.error} />}
    </Stack>
  );
};
