import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { deleteConnection, listSources, type Connection } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { plural } from '../../lib/format.ts';
import { ConfirmDelete } from '../../ui/confirm-delete.tsx';
import { toastDone } from '../../ui/toast.ts';
import { useTeam } from '../teams/current-team.tsx';

/** Names what goes: the connection, its credentials, the sources on it. The bucket and its objects stay. */
export const DeleteConnection = ({ connection }: { connection: Connection }) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [opened, dialog] = useDisclosure(false);
  const sources = useQuery({
    queryKey: ['sources', teamId, connection.id, 'names'],
    queryFn: ({ signal }) =>
      call(listSources, { params: { teamId }, query: { connectionId: connection.id, limit: 20 }, signal }),
    enabled: opened && connection.sourceCount > 0,
  });
  const remove = useMutation({
    mutationFn: () =>
      call(deleteConnection, {
        params: { teamId, connectionId: connection.id },
        query: { cascade: connection.sourceCount > 0 ? 'true' : 'false' },
      }),
    onSuccess: async () => {
      toastDone(`The connection ${connection.name} is deleted.`);
      // Forgotten before the list opens, so that it never shows what is gone.
      client.removeQueries({ queryKey: ['connections', teamId] });
      client.removeQueries({ queryKey: ['sources', teamId] });
      await navigate({ to: '/connections' });
      client.removeQueries({ queryKey: ['connection', teamId, connection.id] });
    },
  });
  const rest = connection.sourceCount - (sources.data?.items.length ?? 0);
  return (
    <>
      <Button variant="default" leftSection={<IconTrash size={16} />} onClick={dialog.open}>
        Delete
      </Button>
      <ConfirmDelete
        opened={opened}
        onClose={dialog.close}
        title="Delete the connection"
        name={connection.name}
        button={
          connection.sourceCount === 0 ? 'Delete' : `Delete with ${plural(connection.sourceCount, 'source')}`
        }
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        <Stack gap={8}>
          <Text>Lost: the settings and the stored credentials of this connection.</Text>
          {connection.sourceCount > 0 && (
            <Text>
              Lost too: {plural(connection.sourceCount, 'source')}
              {sources.data !== undefined && (
                <>
                  {' '}
                  (<strong>{sources.data.items.map(({ name }) => name).join(', ')}</strong>
                  {rest > 0 && ` and ${rest} more`})
                </>
              )}
              . Every image URL of them stops working.
            </Text>
          )}
          <Text>
            The bucket <strong>{connection.bucket}</strong> and all its objects stay as they are.
          </Text>
        </Stack>
      </ConfirmDelete>
    </>
  );
};
