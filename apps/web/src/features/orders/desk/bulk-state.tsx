import { Button, Checkbox, Group, Menu, Stack, Text } from '@mantine/core';
import { IconChevronDown } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { deskStates, setOrderState, type DeskState, type OrderSummary } from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../../lib/api.ts';
import { inTurn } from '../../../lib/in-turn.ts';
import { plural } from '../../../lib/format.ts';
import { toProblem, type ApiProblem } from '../../../lib/problem.ts';
import { toastDone } from '../../../ui/toast.ts';
import { setupQuery } from '../../account/queries.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { useStateWord } from '../order-state.tsx';
import { BulkZips } from './bulk-zips.tsx';

interface BulkStateProps {
  orders: readonly OrderSummary[];
  onDone: (failed: ReadonlySet<string>) => void;
}

interface Refused {
  number: string;
  problem: ApiProblem;
}

const atOnce = 4;

/** Moves many orders to one state; what cannot go there stays, is named, and stays selected. */
export const BulkState = ({ orders, onDone }: BulkStateProps) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const word = useStateWord();
  const sendsMail = useQuery(setupQuery).data?.sendsMail === true;
  const [notify, setNotify] = useState(true);
  const move = useMutation({
    mutationFn: async (state: DeskState) => {
      const results = await inTurn(orders, atOnce, async ({ id, number }) => {
        try {
          await call(setOrderState, {
            params: { teamId, orderId: id },
            body: { state, notify: notify && sendsMail },
          });
          return null;
        } catch (error) {
          // Told below with the number of its order; the others go on.
          return { id: String(id), number, problem: toProblem(error) };
        }
      });
      return results.filter((result) => result !== null);
    },
    onSuccess: async (refused, state) => {
      await client.invalidateQueries({ queryKey: ['orders', teamId] });
      const moved = orders.length - refused.length;
      if (moved > 0) toastDone(`${plural(moved, 'order')}: ${word(state)}.`);
      onDone(new Set(refused.map(({ id }) => id)));
    },
  });
  const refused: readonly Refused[] = move.data ?? [];
  if (orders.length === 0) return null;
  return (
    <Stack className="wl-notice wl-bulk" gap={8} role="region" aria-label="Selected orders">
      <Group gap={12}>
        <Text size="sm" fw={500} flex="1 1 120px">
          {plural(orders.length, 'order')} selected
        </Text>
        <BulkZips orders={orders} />
        {sendsMail && (
          <Checkbox
            size="xs"
            label="Tell the customers by e-mail"
            checked={notify}
            onChange={({ currentTarget: { checked } }) => setNotify(checked)}
          />
        )}
        <Menu position="bottom-end">
          <Menu.Target>
            <Button size="xs" rightSection={<IconChevronDown size={14} />} loading={move.isPending}>
              Set the state
            </Button>
          </Menu.Target>
          <Menu.Dropdown>
            {deskStates.map((state) => (
              <Menu.Item key={state} onClick={() => move.mutate(state)}>
                {word(state)}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </Group>
      <div role="status">
        {refused.map(({ number, problem }) => (
          <Text key={number} size="sm">
            {number} stays: {problem.detail === '' ? problem.title : problem.detail} {problem.next}
          </Text>
        ))}
      </div>
    </Stack>
  );
};
