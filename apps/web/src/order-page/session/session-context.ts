import { createContext, use } from 'react';
import { useStore } from '../store.ts';
import type { OrderSession } from './order-session.ts';
import type { SessionState } from './session-state.ts';

export const SessionContext = createContext<OrderSession | null>(null);

/** The order that the components around are about. */
export const useOrder = (): OrderSession => {
  const session = use(SessionContext);
  if (session === null) throw new Error('A component of an order stands outside of one.');
  return session;
};

/** A piece of what the order knows; renders again when it is another. */
export const useOrderState = <S>(select: (state: SessionState) => S): S => useStore(useOrder().store, select);
