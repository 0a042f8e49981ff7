import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseRegionText, regionBetween, regionText } from './region.ts';

const point = fc.record({
  x: fc.double({ min: -2, max: 3, noNaN: true }),
  y: fc.double({ min: -2, max: 3, noNaN: true }),
});
const size = fc.record({
  width: fc.integer({ min: 1, max: 20_000 }),
  height: fc.integer({ min: 1, max: 20_000 }),
});

it('stays within the picture, whatever way and however far one drags', () => {
  fc.assert(
    fc.property(point, point, size, (a, b, picture) => {
      const region = regionBetween(a, b, picture);
      expect(region).toEqual(regionBetween(b, a, picture));
      expect(region.width).toBeGreaterThan(0);
      expect(region.height).toBeGreaterThan(0);
      expect(Math.min(region.x, region.y)).toBeGreaterThanOrEqual(0);
      expect(region.x + region.width).toBeLessThanOrEqual(picture.width);
      expect(region.y + region.height).toBeLessThanOrEqual(picture.height);
      expect(parseRegionText(regionText(region))).toEqual(region);
    }),
  );
});

it('takes the whole picture from corner to corner', () => {
  expect(regionBetween({ x: 1, y: 0 }, { x: 0, y: 1 }, { width: 30, height: 20 })).toEqual({
    x: 0,
    y: 0,
    width: 30,
    height: 20,
  });
});

it('reads no region out of anything else', () => {
  expect([parseRegionText(''), parseRegionText('1,2,3'), parseRegionText('1,2,0,4')]).toEqual([
    null,
    null,
    null,
  ]);
});
