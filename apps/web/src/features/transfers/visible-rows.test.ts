import fc from 'fast-check';
import { expect, it } from 'vitest';
import { visibleRows } from './visible-rows.ts';

it('draws every row in sight and few beyond, wherever it is scrolled to', () => {
  const scrolled = fc.record({
    top: fc.integer({ min: 0, max: 100_000 }),
    height: fc.integer({ min: 0, max: 2000 }),
    rowHeight: fc.integer({ min: 1, max: 100 }),
    count: fc.integer({ min: 0, max: 5000 }),
  });
  fc.assert(
    fc.property(scrolled, (at) => {
      const { first, last } = visibleRows(at);
      expect(first).toBeGreaterThanOrEqual(0);
      expect(last).toBeLessThanOrEqual(at.count);
      expect(last - first).toBeLessThanOrEqual(Math.ceil(at.height / at.rowHeight) + 14);
      const seen = Math.floor(at.top / at.rowHeight);
      fc.pre(at.height > 0 && seen < at.count);
      expect([first <= seen, last > seen]).toEqual([true, true]);
    }),
  );
});
