import { deskStates, type OrderState, type OrderStatus } from '@windlass/contract';
import { defaultStateLabels } from '../order-states.ts';
import type { OrderFileRow, OrderRow } from '../ports.ts';
import type { OpenedOrder } from './open-order.ts';

type Labels = Partial<Record<OrderState, string>>;

/** The line that an order goes along, with when it came where; a step that it went back from is ahead of it again. */
const stepsOf = (
  { state }: OrderRow,
  events: readonly { state: OrderState; at: Date }[],
  label: (state: OrderState) => string,
): OrderStatus['steps'] => {
  const line = deskStates.filter((step) => step !== 'cancelled' || state === 'cancelled');
  const here = line.findIndex((step) => step === state);
  return line.map((step, at) => ({
    state: step,
    label: label(step),
    // Of a cancelled order, everything that happened stays to be seen.
    at: at > here ? null : (events.findLast((event) => event.state === step)?.at.toISOString() ?? null),
  }));
};

/** What whoever has the status link may see: no name, no address, no key of any object. */
export const presentStatus = (
  { order, drop, fields }: OpenedOrder,
  facts: {
    files: readonly OrderFileRow[];
    events: readonly { state: OrderState; at: Date }[];
    labels: Labels;
  },
): OrderStatus => {
  const label = (state: OrderState): string => facts.labels[state] ?? defaultStateLabels[state];
  return {
    number: order.number,
    title: drop.title,
    logo: drop.logo,
    color: drop.color,
    state: order.state,
    stateLabel: label(order.state),
    steps: stepsOf(order, facts.events, label),
    late: order.late,
    submittedAt: order.submittedAt?.toISOString() ?? null,
    files: facts.files.map(({ name, size, checksum, options }) => ({
      name,
      size: Number(size),
      checksum,
      options,
    })),
    fields,
    bytes: Number(order.bytes),
    filesUntil: order.filesUntil?.toISOString() ?? null,
    filesDeletedAt: order.filesDeletedAt?.toISOString() ?? null,
  };
};
