import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byteRange, rangeStands } from './byte-range.ts';

const textOf = (header: string | undefined, size = 100): string => {
  const range = byteRange(header, size);
  return range.kind === 'part' ? `${range.start}-${range.end}` : range.kind;
};

describe('byteRange', () => {
  it.each([
    [undefined, 'whole'],
    ['bytes=0-', '0-99'],
    ['bytes=0-0', '0-0'],
    ['bytes=10-19', '10-19'],
    ['bytes=90-1000', '90-99'],
    ['bytes=-5', '95-99'],
    ['bytes=-1000', '0-99'],
    ['Bytes= 10-19 ', '10-19'],
    ['bytes=100-', 'unsatisfiable'],
    ['bytes=-0', 'unsatisfiable'],
    ['bytes=20-10', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=0-1,5-6', 'whole'],
    ['bytes=a-b', 'whole'],
    ['items=0-1', 'whole'],
    ['bytes', 'whole'],
  ])('reads %j as %s', (header, expected) => expect(textOf(header)).toBe(expected));

  it('never leaves the picture, whatever the header', () => {
    const number = fc.oneof(fc.nat(200).map(String), fc.constant(''));
    const header = fc.oneof(
      fc.tuple(number, number).map(([first, last]) => `bytes=${first}-${last}`),
      fc.string(),
    );
    fc.assert(
      fc.property(header, fc.integer({ min: 1, max: 150 }), (text, size) => {
        const range = byteRange(text, size);
        if (range.kind !== 'part') return;
        expect(range.start).toBeGreaterThanOrEqual(0);
        expect(range.start).toBeLessThanOrEqual(range.end);
        expect(range.end).toBeLessThan(size);
      }),
    );
  });
});

describe('rangeStands', () => {
  it.each([
    [undefined, true],
    ['"a"', true],
    [' "a" ', true],
    ['"b"', false],
    // RFC 9110 13.1.5: strong comparison.
    ['W/"a"', false],
    ['Fri, 02 Jan 2026 03:04:05 GMT', false],
  ])('with If-Range %j: %s', (header, expected) => expect(rangeStands(header, '"a"')).toBe(expected));
});
