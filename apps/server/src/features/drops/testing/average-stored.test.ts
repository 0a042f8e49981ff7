import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageStored } from './average-stored.ts';

const at = (text: string): Date => new Date(text);
const later = at('2027-06-01T00:00:00Z');

describe('what lay in the bucket on average', () => {
  it.each([
    ['the whole month', '2026-11-01T00:00:00Z', '2026-12-01T00:00:00Z', 3000],
    ['three days of thirty', '2026-11-10T00:00:00Z', '2026-11-13T00:00:00Z', 300],
    ['from the month before into the next', '2026-10-01T00:00:00Z', null, 3000],
    ['only before', '2026-10-01T00:00:00Z', '2026-11-01T00:00:00Z', 0],
    ['only after', '2026-12-01T00:00:00Z', null, 0],
  ])('%s', (_what, from, until, expected) => {
    const span = { bytes: 3000, from: at(from), until: until === null ? null : at(until) };
    expect(averageStored([span], '2026-11', later)).toBeCloseTo(expected);
  });

  it('does not count days that have not passed', () => {
    const span = { bytes: 3000, from: at('2026-11-01T00:00:00Z'), until: null };
    expect(averageStored([span], '2026-11', at('2026-11-16T00:00:00Z'))).toBeCloseTo(1500);
  });

  it('never is more than lay there at once', () => {
    const moment = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) });
    fc.assert(
      fc.property(fc.nat(1e12), moment, moment, (bytes, a, b) => {
        const span = { bytes, from: new Date(Math.min(a, b)), until: new Date(Math.max(a, b)) };
        const average = averageStored([span], '2026-12', later);
        expect(average).toBeGreaterThanOrEqual(0);
        // A product of bytes and milliseconds is beyond what a double holds exactly.
        expect(average).toBeLessThanOrEqual(bytes * (1 + 1e-12));
      }),
    );
  });
});
