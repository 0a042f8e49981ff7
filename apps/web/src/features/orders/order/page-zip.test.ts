import { expect, it } from 'vitest';
import { nameInZip } from './page-zip.ts';

it('names files in the zip as they stand below the order', () => {
  expect(nameInZip({ key: 'lab/orders/1/day 2/a.jpg', name: 'a.jpg' }, 'lab/orders/1/')).toBe('day 2/a.jpg');
  // A repeated order has its files below the number of the first.
  expect(nameInZip({ key: 'lab/orders/1/a.jpg', name: 'a.jpg' }, 'lab/orders/2/')).toBe('a.jpg');
});
