import { Badge, Skeleton, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { Order } from '@windlass/contract';
import { CloneOrder } from '../../features/orders/order/clone-order.tsx';
import { AnswersCard, CustomerCard } from '../../features/orders/order/customer-card.tsx';
import { DeleteOrder } from '../../features/orders/order/delete-order.tsx';
import { Downloads } from '../../features/orders/order/downloads.tsx';
import { FilesPanel } from '../../features/orders/order/files-panel.tsx';
import { HistoryCard } from '../../features/orders/order/history-card.tsx';
import { Notes } from '../../features/orders/order/notes.tsx';
import { OrderFilesContext } from '../../features/orders/order/order-files-context.ts';
import { PrintOrder } from '../../features/orders/order/print-order.tsx';
import { StateMoves } from '../../features/orders/order/state-moves.tsx';
import { useFilesOf } from '../../features/orders/order/use-files-of.ts';
import { OrderStateView } from '../../features/orders/order-state.tsx';
import { orderQuery } from '../../features/orders/queries.ts';
import { hasRole } from '../../features/teams/choose-team.ts';
import { useTeam } from '../../features/teams/current-team.tsx';
import { DemoMark } from '../../ui/demo-mark.tsx';
import { NotOpened } from '../../ui/not-opened.tsx';
import { PageHeader } from '../../ui/page-header.tsx';
import { Section } from '../../ui/section.tsx';
import { Since } from '../../ui/since.tsx';

const route = getRouteApi('/app/orders/$orderId');

const About = ({ order }: { order: Order }) => (
  <>
    {order.customer.name}, <Since time={order.submittedAt ?? order.createdAt} />, by{' '}
    <Link to="/drops/$dropId" params={{ dropId: order.dropId }}>
      {order.dropTitle}
    </Link>
    {order.cloneOf !== null && (
      <>
        , repeats{' '}
        <Link to="/orders/$orderId" params={{ orderId: order.cloneOf }}>
          an earlier order
        </Link>
      </>
    )}
    {order.filesUntil !== null && order.filesDeletedAt === null && (
      <>
        , files go <Since time={order.filesUntil} />
      </>
    )}
  </>
);

const Loaded = ({ order }: { order: Order }) => {
  const { by } = route.useSearch();
  const { role } = useTeam();
  const navigate = useNavigate({ from: '/orders/$orderId' });
  const files = useFilesOf(order.id);
  return (
    <OrderFilesContext value={files}>
      <PageHeader
        title={order.number}
        about={<About order={order} />}
        aside={
          <>
            {order.demo && <DemoMark />}
            <OrderStateView state={order.state} />
            {order.late && (
              <Badge variant="outline" color="warm" tt="none" fw={500} c="var(--wl-attention-text)">
                late
              </Badge>
            )}
          </>
        }
        actions={
          <>
            <PrintOrder order={order} />
            {order.state !== 'draft' && <CloneOrder order={order} />}
            {hasRole(role, 'admin') && <DeleteOrder order={order} />}
          </>
        }
      />
      <Stack gap={24}>
        <StateMoves order={order} />
        <div className="wl-two">
          <Stack gap={32} miw={0}>
            <FilesPanel
              order={order}
              by={by}
              onBy={(next) =>
                void navigate({ search: (old) => ({ ...old, by: next }), replace: true, resetScroll: false })
              }
            />
          </Stack>
          <Stack gap={24} miw={0}>
            <div className="wl-card">
              <Section title="Download">
                <Downloads order={order} />
              </Section>
            </div>
            <CustomerCard order={order} />
            <AnswersCard order={order} />
            <Notes order={order} />
            <HistoryCard order={order} />
          </Stack>
        </div>
      </Stack>
    </OrderFilesContext>
  );
};

/** One order, with everything that is needed to make it. */
export const OrderScreen = () => {
  const { orderId } = route.useParams();
  const { teamId } = useTeam();
  const query = useQuery(orderQuery(teamId, orderId));
  if (query.isPending) {
    return (
      <Stack gap={16} role="status" aria-label="Loading the order">
        <Skeleton height={28} width={240} />
        <Skeleton height={360} />
      </Stack>
    );
  }
  if (query.data === undefined) {
    return (
      <NotOpened
        title="Order"
        error={query.error}
        retry={() => void query.refetch()}
        back={{ to: '/orders', label: 'To the order desk' }}
      />
    );
  }
  return <Loaded key={orderId} order={query.data} />;
};
