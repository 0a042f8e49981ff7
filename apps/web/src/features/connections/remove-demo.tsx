import { Button, Stack, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconTrash } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { deleteConnection, listDrops, listSources, type Connection, type Drop } from '@windlass/contract';
import { call } from '../../lib/api.ts';
import { plural } from '../../lib/format.ts';
import { Confirm } from '../../ui/confirm-delete.tsx';
import { toastDone } from '../../ui/toast.ts';
import { useTeam } from '../teams/current-team.tsx';
import { connectionChoicesQuery } from './queries.ts';

/** What stands on some connections; of more than 200 each, the rest is not named. */
const standingOnQuery = (teamId: string, ids: readonly string[]) => ({
  queryKey: ['connections', teamId, 'standing-on', ...ids],
  queryFn: async ({ signal }: { signal: AbortSignal }) => {
    const params = { teamId };
    const [sources, drops] = await Promise.all([
      call(listSources, { params, query: { limit: 200 }, signal }),
      call(listDrops, { params, query: { limit: 200 }, signal }),
    ]);
    return {
      sources: sources.items.filter(
        ({ connectionId }) => connectionId !== null && ids.includes(connectionId),
      ),
      drops: drops.items.filter(({ connectionId }) => ids.includes(connectionId)),
    };
  },
});

const pageWords = ({ title, orders }: Drop): string =>
  orders.total === 0 ? title : `${title}, with ${plural(orders.total, 'order')}`;

const What = ({ connections }: { connections: readonly Connection[] }) => {
  const { teamId } = useTeam();
  const { data } = useQuery(
    standingOnQuery(
      teamId,
      connections.map(({ id }) => id),
    ),
  );
  return (
    <Stack gap={8}>
      <Text>
        Lost: {connections.length === 1 ? 'the connection ' : 'the connections '}
        <strong>{connections.map(({ name }) => name).join(', ')}</strong>, and everything that stands on{' '}
        {connections.length === 1 ? 'it' : 'them'}.
      </Text>
      {data !== undefined && data.sources.length > 0 && (
        <Text>
          Image sources, whose URLs stop working:{' '}
          <strong>{data.sources.map(({ name }) => name).join(', ')}</strong>.
        </Text>
      )}
      {data !== undefined && data.drops.length > 0 && (
        <Text>
          Order pages and their records: <strong>{data.drops.map(pageWords).join('; ')}</strong>.
        </Text>
      )}
      <Text>The embedded bucket keeps the objects. The demo does not come back by itself.</Text>
    </Stack>
  );
};

/** Takes away in one go what the first run has made; nothing where nothing of it is left. For owners. */
export const RemoveDemo = () => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const [opened, dialog] = useDisclosure(false);
  const { data } = useQuery(connectionChoicesQuery(teamId));
  const demo = (data?.items ?? []).filter((connection) => connection.demo);
  const remove = useMutation({
    mutationFn: async () => {
      // One after another: where one fails, those that are left are still shown, and a second click goes on.
      for (const { id } of demo) {
        await call(deleteConnection, { params: { teamId, connectionId: id }, query: { cascade: 'true' } });
      }
    },
    onSuccess: () => {
      dialog.close();
      toastDone('The demo is removed.');
    },
    onSettled: () =>
      Promise.all(
        ['connections', 'sources', 'drops', 'orders'].map((key) =>
          client.invalidateQueries({ queryKey: [key, teamId] }),
        ),
      ),
  });
  if (demo.length === 0) return null;
  return (
    <>
      <Button variant="default" leftSection={<IconTrash size={16} />} onClick={dialog.open}>
        Remove the demo
      </Button>
      <Confirm
        opened={opened}
        onClose={dialog.close}
        title="Remove the demo"
        button="Remove"
        busy={remove.isPending}
        error={remove.error}
        onConfirm={() => remove.mutate()}
      >
        <What connections={demo} />
      </Confirm>
    </>
  );
};
