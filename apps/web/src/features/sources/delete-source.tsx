import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { deleteSource, type Source } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { ConfirmDelete } from '../../ui/confirm-delete.tsx';
import { toastDone } from '../../ui/toast.ts';
import { useTeam } from '../teams/current-team.tsx';

/** Names what goes: the source and its URLs. Objects stay. */
export const DeleteSource = ({ source }: { source: Source }) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [opened, dialog] = useDisclosure(false);
  const remove = useMutation({
    mutationFn: () => call(deleteSource, { params: { teamId, sourceId: source.id } }),
    onSuccess: async () => {
      toastDone(`The source ${source.name} is deleted.`);
      // Forgotten before the list opens, so that it never shows what is gone.
      client.removeQueries({ queryKey: ['sources', teamId] });
      await navigate({ to: '/sources' });
      client.removeQueries({ queryKey: ['source', teamId, source.id] });
      await client.invalidateQueries({ queryKey: ['connections', teamId] });
    },
  });
  return (
    <>
      <Button variant="default" w="fit-content" leftSection={<IconTrash size={16} />} onClick={dialog.open}>
        Delete
      </Button>
      <ConfirmDelete
        opened={opened}
        onClose={dialog.close}
        title="Delete the image source"
        name={source.name}
        button="Delete"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        <Stack gap={8}>
          <Text>
            Lost: every image URL below <span className="wl-mono">{source.baseUrl}</span> stops working
            {source.signingKeySetAt === null ? '.' : ', and its signing keys are gone.'}
          </Text>
          <Text>
            {source.connectionName === null ? (
              'The originals stay as they are.'
            ) : (
              <>
                The connection <strong>{source.connectionName}</strong> and all objects stay as they are.
              </>
            )}
          </Text>
        </Stack>
      </ConfirmDelete>
    </>
  );
};
