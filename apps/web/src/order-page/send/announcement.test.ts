import { expect, it } from 'vitest';
import { announcement, type Told } from './announcement.ts';

const told = (facts: Partial<Told> = {}): Told => ({
  count: 0,
  received: 0,
  failed: 0,
  number: null,
  ...facts,
});

it.each([
  [told(), told({ count: 30, number: '26-1' }), 'Your order has the number 26-1. 30 files added.'],
  [told({ count: 30 }), told({ count: 30, received: 7 }), ''],
  [told({ count: 30, received: 7 }), told({ count: 30, received: 16 }), '50 percent have arrived.'],
  [
    told({ count: 30, received: 16 }),
    told({ count: 30, received: 16, failed: 2 }),
    '2 files did not arrive.',
  ],
  [told({ count: 30, received: 29 }), told({ count: 30, received: 30 }), 'All files have arrived.'],
  [told({ count: 30, received: 30 }), told({ count: 29, received: 29 }), ''],
])('from %o to %o says %o', (before, after, text) => {
  expect(announcement(before, after)).toBe(text);
});
