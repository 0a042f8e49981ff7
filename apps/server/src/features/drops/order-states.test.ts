import { deskStates, orderStates } from '@windlass/contract';
import { describe, expect, it } from 'vitest';
import { nextStates, openStates, orderMoves, requireMove } from './order-states.ts';

const line = ['received', 'downloaded', 'inProduction', 'ready', 'delivered'] as const;

describe('the moves of an order', () => {
  it.each(line.slice(0, -1).map((state, at) => [state, line[at + 1] ?? state] as const))(
    '%s goes on to %s, and back again',
    (from, to) => {
      expect(nextStates(from)).toContain(to);
      expect(nextStates(to)).toContain(from);
    },
  );

  it('leave a delivered order uncancelled, and cancel any other', () => {
    const cancellable = orderStates.filter((state) => nextStates(state).includes('cancelled'));
    expect(cancellable).toEqual(['received', 'downloaded', 'inProduction', 'ready']);
  });

  it('never name the state itself, and lead out of every state but a draft', () => {
    for (const state of deskStates) {
      expect(nextStates(state)).not.toContain(state);
      expect(nextStates(state).length).toBeGreaterThan(0);
    }
    expect(orderMoves.draft).toEqual([]);
  });

  it('that are not in the table are refused with those that are', () => {
    expect(() => requireMove('received', 'delivered')).toThrow(
      'An order that is “Received” cannot become “Delivered”; it can become “Downloaded”, “In production”, “Cancelled”.',
    );
    expect(() => requireMove('received', 'ready', { ready: 'To be fetched', received: 'New' })).toThrow(
      /is “New” cannot become “To be fetched”; it can become “Downloaded”/,
    );
    expect(() => requireMove('draft', 'received')).toThrow(/nobody at the desk/);
    expect(() => requireMove('ready', 'delivered')).not.toThrow();
  });

  it('count as open what is neither delivered nor cancelled', () => {
    expect(openStates).toEqual(['received', 'downloaded', 'inProduction', 'ready']);
  });
});
