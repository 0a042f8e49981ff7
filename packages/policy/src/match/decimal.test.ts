import { describe, expect, it } from 'vitest';
import { parseDecimal } from './decimal.ts';

describe('numbers of conditions', () => {
  it.each([
    ['10', 10],
    ['-1.5', -1.5],
    ['+3', 3],
    ['007', 7],
  ])('reads %s', (text, expected) => {
    expect(parseDecimal(text)).toBe(expected);
  });

  it.each(['', '-', '.', '1.', '.5', '1.2.3', '0x10', '1e3', ' 1', 'Infinity', '--1'])(
    'does not read %j',
    (text) => {
      expect(parseDecimal(text)).toBeNaN();
    },
  );
});
