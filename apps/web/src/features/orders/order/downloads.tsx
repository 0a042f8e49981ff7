import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { IconDownload, IconFileZip } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { zipOrder, type Order } from '@windlass/contract';
import { call } from '../../../lib/api.ts';
import { formatBytes, plural } from '../../../lib/format.ts';
import { ProblemNotice } from '../../../ui/problem-notice.tsx';
import { toastDone } from '../../../ui/toast.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { mostInMemoryBytes } from './page-zip.ts';
import { OwnClient } from './own-client.tsx';
import { saveFrom } from './save-from.ts';
import { canStreamToDisk } from './save-stream.ts';
import { usePageZip } from './use-page-zip.ts';

const isGivenUp = (error: unknown): boolean => error instanceof DOMException && error.name === 'AbortError';

/** A zip that the page makes: with progress, and nothing goes through the server. */
const PageZip = ({ order }: { order: Order }) => {
  const files = order.items.filter(({ deletedAt }) => deletedAt === null);
  const { make, bytes, cancel } = usePageZip(order, files);
  const fits = canStreamToDisk() || order.bytes <= mostInMemoryBytes;
  return (
    <>
      {make.isPending ? (
        <Group gap={12} wrap="nowrap">
          <div style={{ flex: 1 }}>
            <Progress
              value={order.bytes === 0 ? 0 : (bytes / order.bytes) * 100}
              aria-label="Progress of the zip"
            />
            <Text size="xs" c="dimmed" mt={4}>
              {formatBytes(bytes)} of {formatBytes(order.bytes)}
            </Text>
          </div>
          <Button size="xs" variant="default" onClick={cancel}>
            Cancel
          </Button>
        </Group>
      ) : (
        <div>
          <Button
            variant="default"
            leftSection={<IconFileZip size={16} />}
            disabled={!fits}
            onClick={() =>
              make.mutate(undefined, { onSuccess: () => toastDone(`${order.number}.zip is complete.`) })
            }
          >
            Build the zip in this page
          </Button>
          <Text size="xs" c="dimmed" mt={4}>
            {fits
              ? 'Bytes come straight from the bucket, past this server; the bucket’s CORS rules must allow GET.'
              : `This browser would hold all ${formatBytes(order.bytes)} in memory: take the server’s zip.`}
          </Text>
        </div>
      )}
      {make.isError && !isGivenUp(make.error) && <ProblemNotice error={make.error} />}
    </>
  );
};

/** Every way to the files of an order. */
export const Downloads = ({ order }: { order: Order }) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const left = order.items.filter(({ deletedAt }) => deletedAt === null).length;
  const zip = useMutation({
    mutationFn: () => call(zipOrder, { params: { teamId, orderId: order.id } }),
    onSuccess: async ({ url }) => {
      saveFrom(url);
      // A received order has become a downloaded one.
      await client.invalidateQueries({ queryKey: ['order', teamId, order.id] });
      await client.invalidateQueries({ queryKey: ['orders', teamId] });
    },
  });
  return (
    <Stack gap={16}>
      {order.access.readable && left > 0 ? (
        <>
          <div>
            <Button
              leftSection={<IconDownload size={16} />}
              loading={zip.isPending}
              onClick={() => zip.mutate()}
            >
              Download all as zip
            </Button>
            <Text size="xs" c="dimmed" mt={4}>
              {plural(left, 'file')}, {formatBytes(order.bytes)}
            </Text>
          </div>
          {zip.isError && <ProblemNotice error={zip.error} />}
          <PageZip order={order} />
        </>
      ) : (
        <Text size="sm">
          {left === 0 ? 'There are no files to download.' : 'Not through Windlass: see why above the files.'}
        </Text>
      )}
      {left > 0 && <OwnClient order={order} />}
    </Stack>
  );
};
