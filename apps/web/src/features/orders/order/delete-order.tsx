import { Checkbox, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { deleteOrder, type Order } from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../../lib/api.ts';
import { formatBytes, plural } from '../../../lib/format.ts';
import { DeleteButton } from '../../../ui/delete-button.tsx';
import { toastDone } from '../../../ui/toast.ts';
import { useTeam } from '../../teams/current-team.tsx';

/** Names and counts what goes: the record, and the files too where that is wished. */
export const DeleteOrder = ({ order }: { order: Order }) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [files, setFiles] = useState(false);
  const left = order.items.filter(({ deletedAt }) => deletedAt === null);
  const bytes = left.reduce((sum, { size }) => sum + size, 0);
  const remove = useMutation({
    mutationFn: () =>
      call(deleteOrder, { params: { teamId, orderId: order.id }, query: { files: String(files) } }),
    onSuccess: async () => {
      toastDone(`The order ${order.number} is deleted.`);
      client.removeQueries({ queryKey: ['orders', teamId] });
      await navigate({ to: '/orders' });
      client.removeQueries({ queryKey: ['order', teamId, order.id] });
      await client.invalidateQueries({ queryKey: ['drops', teamId] });
    },
  });
  return (
    <DeleteButton title="Delete the order" name={order.number} remove={remove} size="xs">
      <Stack gap={12}>
        <Text>
          Lost for good: the record of {order.number} with the customer’s address, its answers,{' '}
          {plural(order.notes.length, 'note')} and the status link.
        </Text>
        {left.length > 0 && (
          <Checkbox
            label={`Delete its ${plural(left.length, 'file')} (${formatBytes(bytes)}) from the bucket too, where the key may`}
            checked={files}
            onChange={({ currentTarget: { checked } }) => setFiles(checked)}
          />
        )}
        {left.length > 0 && !files && (
          <Text size="sm" c="dimmed">
            The files stay in {order.place.bucket} below {order.place.prefix}.
          </Text>
        )}
      </Stack>
    </DeleteButton>
  );
};
