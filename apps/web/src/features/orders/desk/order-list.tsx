import { Badge, Checkbox, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { OrderSummary } from '@windlass/contract';
import type { KeyboardEvent } from 'react';
import { formatBytes, plural } from '../../../lib/format.ts';
import { DemoMark } from '../../../ui/demo-mark.tsx';
import { Since } from '../../../ui/since.tsx';
import { OrderStateView } from '../order-state.tsx';

interface OrderListProps {
  orders: readonly OrderSummary[];
  selected: ReadonlySet<string>;
  onSelect: (ids: ReadonlySet<string>) => void;
}

const steps: Readonly<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1 };

/** Up and down go from order to order; Enter opens one, since each is a link. */
const walk = (event: KeyboardEvent<HTMLUListElement>) => {
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('a.wl-row-main')];
  const row = event.target instanceof Element ? event.target.closest('li') : null;
  const at = links.findIndex((link) => row?.contains(link) === true);
  const to =
    event.key === 'Home' ? 0 : event.key === 'End' ? links.length - 1 : at + (steps[event.key] ?? Number.NaN);
  const next = links[to];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
};

const Row = ({ order, chosen, onChoose }: { order: OrderSummary; chosen: boolean; onChoose: () => void }) => (
  <li className="wl-row wl-order-row" data-chosen={chosen || undefined}>
    <Checkbox
      size="xs"
      aria-label={`Select order ${order.number}`}
      checked={chosen}
      disabled={order.state === 'draft'}
      onChange={onChoose}
    />
    <Link to="/orders/$orderId" params={{ orderId: order.id }} className="wl-row-main wl-order-number">
      {order.number}
    </Link>
    <div className="wl-order-who">
      <span className="wl-clip">{order.customer.name}</span>
      <Text component="span" size="xs" c="dimmed" className="wl-clip">
        {order.dropTitle}
      </Text>
    </div>
    <Text size="sm" className="wl-order-files">
      {order.filesDeletedAt === null ? plural(order.files, 'file') : 'files deleted'}
      <Text component="span" size="xs" c="dimmed">
        {' '}
        {formatBytes(order.bytes)}
      </Text>
    </Text>
    <div className="wl-order-state">
      <OrderStateView state={order.state} />
      {order.demo && <DemoMark />}
      {order.late && (
        <Badge size="xs" variant="outline" color="warm" tt="none" fw={500} c="var(--wl-attention-text)">
          late
        </Badge>
      )}
    </div>
    <Text size="xs" c="dimmed" component="div" className="wl-order-age">
      <Since time={order.submittedAt ?? order.createdAt} />
    </Text>
  </li>
);

/** Orders as dense rows. */
export const OrderList = ({ orders, selected, onSelect }: OrderListProps) => {
  const selectable = orders.filter(({ state }) => state !== 'draft');
  const all = selectable.length > 0 && selectable.every(({ id }) => selected.has(id));
  const toggle = (id: string) => {
    const next = new Set(selected);
    if (!next.delete(id)) next.add(id);
    onSelect(next);
  };
  return (
    <div>
      <div className="wl-order-head">
        <Checkbox
          size="xs"
          label="All of these"
          checked={all}
          indeterminate={!all && selected.size > 0}
          disabled={selectable.length === 0}
          onChange={() => onSelect(new Set(all ? [] : selectable.map(({ id }) => id)))}
        />
      </div>
      {/* The list only listens for what bubbles up from the links in it. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
      <ul className="wl-rows" aria-label="Orders" onKeyDown={walk}>
        {orders.map((order) => (
          <Row
            key={order.id}
            order={order}
            chosen={selected.has(order.id)}
            onChoose={() => toggle(order.id)}
          />
        ))}
      </ul>
    </div>
  );
};
