import { Skeleton, Stack } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { DropSections } from '../../features/drops/drop-sections.tsx';
import { FirstDrop } from '../../features/drops/first-drop.tsx';
import { dropChoicesQuery } from '../../features/drops/queries.ts';
import { BulkState } from '../../features/orders/desk/bulk-state.tsx';
import { NewOrdersNotice } from '../../features/orders/desk/new-orders-notice.tsx';
import { OrderFilters } from '../../features/orders/desk/order-filters.tsx';
import { OrderList } from '../../features/orders/desk/order-list.tsx';
import { ordersQuery, type OrderFilter } from '../../features/orders/queries.ts';
import { useTeam } from '../../features/teams/current-team.tsx';
import { Empty } from '../../ui/empty.tsx';
import { LinkButton } from '../../ui/link-button.tsx';
import { ListView } from '../../ui/list-view.tsx';
import { PageHeader } from '../../ui/page-header.tsx';

const route = getRouteApi('/app/orders');

const skeleton = (
  <Stack gap={8}>
    {Array.from({ length: 8 }, (_, row) => (
      <Skeleton key={row} height={40} />
    ))}
  </Stack>
);

const Nothing = ({ narrowed }: { narrowed: boolean }) => {
  const { teamId } = useTeam();
  const drops = useQuery(dropChoicesQuery(teamId));
  if (narrowed) return <Empty title="No order is like this">Widen the filter, or clear it.</Empty>;
  if (drops.data?.items.length === 0) return <FirstDrop />;
  return (
    <Empty title="No order yet" action={<LinkButton to="/drops">See the order pages</LinkButton>}>
      Share the link or the QR code of an order page; orders show up here as they come in.
    </Empty>
  );
};

/** The order desk: every order of the team. */
export const OrdersScreen = () => {
  const { teamId } = useTeam();
  const { drop, state, q, from, until } = route.useSearch();
  const filter: OrderFilter = { drop, state, q, from, until };
  const navigate = useNavigate({ from: '/orders' });
  const query = useInfiniteQuery(ordersQuery(teamId, filter));
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const listed = query.data?.pages.flatMap(({ items }) => items) ?? [];
  const narrowed = Object.values(filter).some((value) => value !== undefined);
  return (
    <>
      <PageHeader title="Orders" />
      <DropSections />
      <OrderFilters
        filter={filter}
        onChange={(change) => {
          setSelected(new Set());
          void navigate({ search: (old) => ({ ...old, ...change }), replace: true });
        }}
      />
      {query.data !== undefined && <NewOrdersNotice filter={filter} listed={listed} />}
      <BulkState orders={listed.filter(({ id }) => selected.has(id))} onDone={setSelected} />
      <ListView what="orders" query={query} skeleton={skeleton} empty={<Nothing narrowed={narrowed} />}>
        {(orders) => <OrderList orders={orders} selected={selected} onSelect={setSelected} />}
      </ListView>
    </>
  );
};
