import { Checkbox, Stack, Text } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { deleteDrop, type Drop } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { formatBytes, plural } from '../../lib/format.ts';
import { DeleteButton } from '../../ui/delete-button.tsx';
import { toastDone } from '../../ui/toast.ts';
import { useTeam } from '../teams/current-team.tsx';

/** Names what goes: the page, the record of its orders and, where it is ticked, their files in the bucket. */
export const DeleteDrop = ({ drop }: { drop: Drop }) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [files, setFiles] = useState(false);
  const remove = useMutation({
    mutationFn: () =>
      call(deleteDrop, {
        params: { teamId, dropId: drop.id },
        query: { cascade: String(drop.orders.total > 0), files: String(files) },
      }),
    onSuccess: async () => {
      toastDone(`${drop.title} is deleted.`);
      // Forgotten before the list opens, so that it never shows what is gone.
      client.removeQueries({ queryKey: ['drops', teamId] });
      await navigate({ to: '/drops', ignoreBlocker: true });
      client.removeQueries({ queryKey: ['drop', teamId, drop.id] });
      client.removeQueries({ queryKey: ['orders', teamId] });
    },
  });
  return (
    <DeleteButton title="Delete the order page" name={drop.name} remove={remove}>
      <Stack gap={8}>
        <Text>
          Lost: the page at <span className="wl-mono">{drop.url}</span>
          {drop.orders.total === 0
            ? '. It has no orders.'
            : `, the record of ${plural(drop.orders.total, 'order')} (${drop.orders.open} still open) with notes and answers, and their status links.`}
        </Text>
        {drop.orders.total === 0 ? (
          <Text>Nothing in the bucket changes.</Text>
        ) : (
          <Checkbox
            label={`Delete their files too: ${formatBytes(drop.orders.bytes)} in the bucket of ${drop.connectionName}`}
            description="Else they stay, and go when their days are over only by a lifecycle rule of the bucket."
            checked={files}
            onChange={(event) => setFiles(event.currentTarget.checked)}
          />
        )}
      </Stack>
    </DeleteButton>
  );
};
