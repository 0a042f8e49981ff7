import { Button, Group, Text } from '@mantine/core';
import { useQuery, useQueryClient, type InfiniteData } from '@tanstack/react-query';
import type { OrderSummary } from '@windlass/contract';
import { plural } from '../../../lib/format.ts';
import { useTeam } from '../../teams/current-team.tsx';
import { newOrders } from '../new-orders.ts';
import { newestOrdersQuery, orderCountsQuery, ordersQuery, type OrderFilter } from '../queries.ts';

type Pages = InfiniteData<{ items: OrderSummary[]; nextCursor: string | null }>;

interface NewOrdersNoticeProps {
  filter: OrderFilter;
  listed: readonly OrderSummary[];
}

/** Tells politely of orders that came in meanwhile; rows move only when somebody asks for it. */
export const NewOrdersNotice = ({ filter, listed }: NewOrdersNoticeProps) => {
  const { teamId } = useTeam();
  const client = useQueryClient();
  const { data } = useQuery(newestOrdersQuery(teamId, filter));
  const news = newOrders(data?.items ?? [], listed);
  const show = async () => {
    const { queryKey } = ordersQuery(teamId, filter);
    // From the top: the pages after the first would be read again for nothing.
    client.setQueryData<Pages>(queryKey, (pages) =>
      pages === undefined
        ? pages
        : { pages: pages.pages.slice(0, 1), pageParams: pages.pageParams.slice(0, 1) },
    );
    await Promise.all(
      [queryKey, orderCountsQuery(teamId, filter).queryKey].map((key) =>
        client.invalidateQueries({ queryKey: key }),
      ),
    );
  };
  return (
    <div role="status">
      {news.length > 0 && (
        <Group className="wl-notice" gap={12} mb={12}>
          <Text size="sm" flex={1}>
            {plural(news.length, 'new order')}
            {news.length === 1 && `: ${news[0]?.number ?? ''}, ${news[0]?.customer.name ?? ''}`}
          </Text>
          <Button size="xs" variant="default" onClick={() => void show()}>
            Show {news.length === 1 ? 'it' : 'them'}
          </Button>
        </Group>
      )}
    </div>
  );
};
