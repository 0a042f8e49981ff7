import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { outputSize } from './geometry.ts';
import { parsePlan } from './plan.ts';

const limits = { maxSide: 8192, maxPixels: 50_000_000 };
const sizeOf = (query: string, width: number, height: number, given = limits) => {
  const size = outputSize({ width, height }, parsePlan(query).fit, given);
  return [size.width, size.height];
};

describe('outputSize', () => {
  it.each([
    ['', 1200, 800, [1200, 800]],
    ['width=600', 1200, 800, [600, 400]],
    ['height=200', 1200, 800, [300, 200]],
    ['width=600&height=100', 1200, 800, [150, 100]],
    ['width=2400', 1200, 800, [1200, 800]],
    ['width=1', 10_000, 10, [1, 1]],
    ['width=2000&height=2000&mode=crop', 1200, 800, [2000, 2000]],
    ['width=2000&height=1000&mode=contain', 100, 100, [2000, 1000]],
    ['aspect-ratio=1:1&mode=crop', 1200, 800, [800, 800]],
    ['aspect-ratio=16:9&mode=contain', 1200, 800, [1200, 675]],
    ['', 20_000, 2000, [8192, 819]],
  ])('of %s from %i x %i', (query, width, height, expected) => {
    expect(sizeOf(query, width, height)).toEqual(expected);
  });

  it('keeps to the area limit, which the frames of an animation share', () => {
    const [width = 0, height = 0] = sizeOf('width=8000&height=8000&mode=force', 10, 10);
    expect(width * height).toBeLessThanOrEqual(limits.maxPixels);
    expect(width).toBe(height);
  });

  it('is never empty and never beyond a limit', () => {
    const side = fc.integer({ min: 1, max: 30_000 });
    const box = fc.integer({ min: 1, max: 8192 });
    const mode = fc.constantFrom('clip', 'crop', 'contain', 'force');
    fc.assert(
      fc.property(side, side, box, box, mode, (width, height, w, h, m) => {
        const [x = 0, y = 0] = sizeOf(`width=${w}&height=${h}&mode=${m}`, width, height);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(1);
        expect(Math.max(x, y)).toBeLessThanOrEqual(limits.maxSide);
        expect(x * y).toBeLessThanOrEqual(limits.maxPixels);
        const inside = x <= Math.min(w, width) && y <= Math.min(h, height);
        expect(inside || m !== 'clip').toBe(true);
      }),
    );
  });
});
