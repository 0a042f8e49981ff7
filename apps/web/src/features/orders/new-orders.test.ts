import { expect, it } from 'vitest';
import { newOrders } from './new-orders.ts';

const order = (id: string, submittedAt: string | null) => ({
  id,
  submittedAt,
  createdAt: '2026-11-01T00:00:00Z',
});
const [old, first, fresh] = [
  order('a', '2026-11-02T10:00:00Z'),
  order('b', '2026-11-03T10:00:00Z'),
  order('c', '2026-11-03T11:00:00Z'),
];

it('tells of what came in after the newest of the list', () => {
  expect(newOrders([fresh, first, old], [first, old])).toEqual([fresh]);
  expect(newOrders([first, old], [first, old])).toEqual([]);
  expect(newOrders([fresh], [])).toEqual([fresh]);
});

it('does not take an older order that came into the list by its state for a new one', () => {
  expect(newOrders([first, old], [first])).toEqual([]);
});
