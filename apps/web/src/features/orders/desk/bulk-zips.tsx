import { Button, Text } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { zipOrder, type OrderSummary } from '@windlass/contract';
import { call } from '../../../lib/api.ts';
import { plural } from '../../../lib/format.ts';
import { toProblem } from '../../../lib/problem.ts';
import { toastDone } from '../../../ui/toast.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { saveFrom } from '../order/save-from.ts';

/** A browser asks once whether a site may save several files; nobody wants a hundred of them at once. */
const mostZips = 20;
/** A click on the next link while the one before is being opened would end it. */
const pauseMilliseconds = 800;

const pause = () => new Promise((resolve) => setTimeout(resolve, pauseMilliseconds));

/** A zip of each selected order, one after another; those that were received become downloaded. */
export const BulkZips = ({ orders }: { orders: readonly OrderSummary[] }) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const zips = useMutation({
    mutationFn: async () => {
      const refused: { number: string; why: string }[] = [];
      for (const { id, number } of orders) {
        try {
          const { url } = await call(zipOrder, { params: { teamId, orderId: id } });
          saveFrom(url);
          await pause();
        } catch (error) {
          // Told below with the number of its order; the others go on.
          const { detail, title } = toProblem(error);
          refused.push({ number, why: detail === '' ? title : detail });
        }
      }
      return refused;
    },
    onSuccess: async (refused) => {
      await client.invalidateQueries({ queryKey: ['orders', teamId] });
      const saved = orders.length - refused.length;
      if (saved > 0) toastDone(`${plural(saved, 'zip')} on the way to your disk.`);
    },
  });
  const tooMany = orders.length > mostZips;
  return (
    <>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconDownload size={16} />}
        loading={zips.isPending}
        disabled={tooMany}
        onClick={() => zips.mutate()}
      >
        {tooMany
          ? `Zips of up to ${mostZips} orders`
          : orders.length === 1
            ? 'Download the zip'
            : 'Download the zips'}
      </Button>
      {zips.data?.map(({ number, why }) => (
        <Text key={number} size="sm" w="100%" role="status">
          {number} has no zip: {why}
        </Text>
      ))}
    </>
  );
};
