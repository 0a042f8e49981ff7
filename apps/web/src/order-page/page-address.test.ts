import { expect, it } from 'vitest';
import { pageAddress } from './page-address.ts';

it.each([
  ['/d/prints', { kind: 'order', name: 'prints' }],
  ['/d/prints/', { kind: 'order', name: 'prints' }],
  ['/o/abc_DEF-1', { kind: 'status', token: 'abc_DEF-1' }],
  ['/d/', null],
  ['/d/prints/more', null],
  ['/x/prints', null],
  ['/', null],
])('reads %s', (path, address) => {
  expect(pageAddress(path)).toEqual(address);
});
