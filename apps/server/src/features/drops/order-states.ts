import { deskStates, type DeskState, type OrderState } from '@windlass/contract';
import { AppError } from '../../kernel/app-error.ts';

/**
 * Where an order can go at the desk. Forward along the line, one back where somebody was too quick, and out while it is
 * not delivered. A lab that fetches files with a client of its own never downloads them here: it may leave that step out.
 * A draft belongs to its customer; sending it makes it `received`.
 */
export const orderMoves = {
  draft: [],
  received: ['downloaded', 'inProduction', 'cancelled'],
  downloaded: ['inProduction', 'received', 'cancelled'],
  inProduction: ['ready', 'downloaded', 'cancelled'],
  ready: ['delivered', 'inProduction', 'cancelled'],
  delivered: ['ready'],
  cancelled: ['received'],
} as const satisfies Record<OrderState, readonly DeskState[]>;

/** States in which somebody still has work with it. */
export const openStates: readonly OrderState[] = deskStates.filter(
  (state) => state !== 'delivered' && state !== 'cancelled',
);

/** @example nextStates('ready') // ['delivered', 'inProduction', 'cancelled'] */
export const nextStates = (state: OrderState): DeskState[] => [...orderMoves[state]];

/** What states are called where the team has not named them. */
export const defaultStateLabels: Readonly<Record<OrderState, string>> = {
  draft: 'Not sent yet',
  received: 'Received',
  downloaded: 'Downloaded',
  inProduction: 'In production',
  ready: 'Ready',
  delivered: 'Delivered',
  cancelled: 'Cancelled',
};

/**
 * The refusal is read at the desk, by people: states have the names that the team gave them there.
 *
 * @throws AppError conflict for a move that is not in the table
 */
export const requireMove = (
  from: OrderState,
  to: DeskState,
  labels: Partial<Record<OrderState, string>> = {},
): void => {
  const next = nextStates(from);
  if (next.includes(to)) return;
  const word = (state: OrderState): string => `“${labels[state] ?? defaultStateLabels[state]}”`;
  throw new AppError(
    'conflict',
    next.length === 0
      ? `An order that is ${word(from)} is moved by nobody at the desk.`
      : `An order that is ${word(from)} cannot become ${word(to)}; it can become ${next.map(word).join(', ')}.`,
  );
};
