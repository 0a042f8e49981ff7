import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseInstant } from './instant.ts';

describe('dates of conditions', () => {
  it('reads what Date writes, to the millisecond', () => {
    fc.assert(
      fc.property(
        fc.date({
          min: new Date('0000-01-01T00:00:00Z'),
          max: new Date('9999-12-31T23:59:59Z'),
          noInvalidDate: true,
        }),
        (date) => {
          // Date.UTC takes years below 100 for those of the last century.
          fc.pre(date.getUTCFullYear() >= 100);
          expect(parseInstant(date.toISOString())).toBe(date.getTime());
        },
      ),
    );
  });

  it.each([
    ['2026', Date.UTC(2026, 0)],
    ['2026-11', Date.UTC(2026, 10)],
    ['2026-11-22', Date.UTC(2026, 10, 22)],
    ['2026-11-22T10:00Z', Date.UTC(2026, 10, 22, 10)],
    ['2026-11-22T10:00:00+02:00', Date.UTC(2026, 10, 22, 8)],
    ['2026-11-22T10:00:00-05:30', Date.UTC(2026, 10, 22, 15, 30)],
    ['2026-11-22t10:00:00.25z', Date.UTC(2026, 10, 22, 10, 0, 0, 250)],
    ['1795341600', 1_795_341_600_000],
  ])('reads %s', (text, expected) => {
    expect(parseInstant(text)).toBe(expected);
  });

  it.each([
    '',
    'soon',
    '2026-13',
    '2026-02-30',
    '2026-11-22T25:00Z',
    '2026-11-22T10Z',
    '26-11-22',
    '2026-11-22T10:00:00+2',
    '-1',
    '1e3',
    '2026-11-22 10:00:00Z',
  ])('does not read %j', (text) => {
    expect(parseInstant(text)).toBeNaN();
  });
});
