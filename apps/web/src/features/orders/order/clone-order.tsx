import { Button } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconCopyPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { cloneOrder, type Order } from '@windlass/contract';
import { call } from '../../../lib/api.ts';
import { plural } from '../../../lib/format.ts';
import { Confirm } from '../../../ui/confirm-delete.tsx';
import { toastDone } from '../../../ui/toast.ts';
import { useTeam } from '../../teams/current-team.tsx';

/** Takes an order again: a reprint. */
export const CloneOrder = ({ order }: { order: Order }) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [opened, dialog] = useDisclosure(false);
  const clone = useMutation({
    mutationFn: () => call(cloneOrder, { params: { teamId, orderId: order.id } }),
    onSuccess: async (made) => {
      client.setQueryData(['order', teamId, made.id], made);
      await client.invalidateQueries({ queryKey: ['orders', teamId] });
      dialog.close();
      toastDone(`${made.number} repeats ${order.number}.`);
      await navigate({ to: '/orders/$orderId', params: { orderId: made.id } });
    },
  });
  return (
    <>
      <Button variant="default" size="xs" leftSection={<IconCopyPlus size={16} />} onClick={dialog.open}>
        Order again
      </Button>
      <Confirm
        opened={opened}
        onClose={dialog.close}
        title={`Take ${order.number} again?`}
        button="Make it"
        color="teal"
        busy={clone.isPending}
        error={clone.error}
        onConfirm={() => clone.mutate()}
      >
        A new number for the same customer, answers and {plural(order.items.length, 'file')}. Nothing is
        copied in the bucket: both orders are about the same objects.
      </Confirm>
    </>
  );
};
