import { expect, it } from 'vitest';
import { bytesOf, unitFor } from './byte-units.ts';

it('chooses the unit that a size reads best in', () => {
  expect([null, 5e6, 2_147_483_648, 3e12].map(unitFor)).toEqual(['GB', 'MB', 'GB', 'TB']);
  expect(bytesOf(1.5, 'GB')).toBe(1_500_000_000);
});
