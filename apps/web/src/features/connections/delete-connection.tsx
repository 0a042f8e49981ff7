import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { deleteConnection, type Connection } from '@windlass/contract';
import { useState } from 'react';
import { call } from '../../lib/api.ts';
import { ApiProblem } from '../../lib/problem.ts';
import { ConfirmDelete } from '../../ui/confirm-delete.tsx';
import { toastDone } from '../../ui/toast.ts';
import { useTeam } from '../teams/current-team.tsx';
import { useConnectionUses } from './use-connection-uses.ts';

const listed = new Intl.ListFormat('en-GB', { type: 'conjunction' });

/**
 * Names what goes: the connection, its credentials, and the sources, order pages and uploads on it. The bucket and its objects
 * stay.
 */
export const DeleteConnection = ({ connection }: { connection: Connection }) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const navigate = useNavigate();
  const [opened, dialog] = useDisclosure(false);
  const { uses, isKnown } = useConnectionUses(teamId, connection, opened);
  /** What no list here can name, such as orders whose page has moved: the server says so, and is told once more. */
  const [isInUse, setInUse] = useState(false);
  const cascades = uses.length > 0 || isInUse;
  const remove = useMutation({
    mutationFn: () =>
      call(deleteConnection, {
        params: { teamId, connectionId: connection.id },
        query: { cascade: String(cascades) },
      }),
    onError: (error) => setInUse(error instanceof ApiProblem && error.code === 'inUse'),
    onSuccess: async () => {
      toastDone(`The connection ${connection.name} is deleted.`);
      // Forgotten before the list opens, so that it never shows what is gone.
      client.removeQueries({ queryKey: ['connections', teamId] });
      for (const kind of ['sources', 'drops', 'orders', 'transfers', 'upload-grants'])
        client.removeQueries({ queryKey: [kind, teamId] });
      await navigate({ to: '/connections' });
      client.removeQueries({ queryKey: ['connection', teamId, connection.id] });
    },
  });
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
          uses.length === 0
            ? isInUse
              ? 'Delete it all the same'
              : 'Delete'
            : `Delete with ${listed.format(uses.map(({ what }) => what))}`
        }
        busy={remove.isPending || (opened && !isKnown)}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        <Stack gap={8}>
          <Text>Lost: the settings and the stored credentials of this connection.</Text>
          {uses.map(({ what, names, rest, meaning }) => (
            <Text key={what} style={{ overflowWrap: 'anywhere' }}>
              Lost too: {what}
              {names.length > 0 && (
                <>
                  {' '}
                  (<strong>{names.join(', ')}</strong>
                  {rest > 0 && ` and ${rest} more`})
                </>
              )}
              . {meaning}
            </Text>
          ))}
          <Text>
            The bucket <strong>{connection.bucket}</strong> and all its objects stay as they are.
          </Text>
        </Stack>
      </ConfirmDelete>
    </>
  );
};
