import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clampRegion, outputSize, predictedSize, uprightSize } from './geometry.ts';
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
    ['width=600&height=600&mode=crop', 1200, 800, [600, 600]],
    ['width=600&height=600&mode=force', 1200, 800, [600, 600]],
    // Without upscale a box that the picture cannot fill shrinks and keeps its ratio; the box of contain stays.
    ['width=2000&height=2000&mode=crop', 1200, 800, [800, 800]],
    ['width=1600&height=400&mode=crop', 1200, 800, [1200, 300]],
    ['width=600&height=10&mode=force', 300, 300, [300, 5]],
    ['width=2000&height=1000&mode=contain', 100, 100, [2000, 1000]],
    // With upscale every box is kept.
    ['width=2000&upscale=1', 1200, 800, [2000, 1333]],
    ['width=2400&height=2000&upscale=1', 1200, 800, [2400, 1600]],
    ['width=2000&height=2000&mode=crop&upscale=1', 1200, 800, [2000, 2000]],
    ['width=600&height=10&mode=force&upscale=1', 300, 300, [600, 10]],
    ['upscale=1', 1200, 800, [1200, 800]],
    // The faces' area goes in like a picture.
    ['mode=face', 120, 80, [120, 80]],
    ['mode=face&width=60', 120, 80, [60, 40]],
    ['mode=face&width=60&height=60', 120, 80, [60, 60]],
    ['mode=face&width=600&height=600', 120, 80, [80, 80]],
    ['mode=face&aspect-ratio=1:1', 120, 80, [80, 80]],
    ['aspect-ratio=1:1&mode=crop', 1200, 800, [800, 800]],
    ['aspect-ratio=16:9&mode=contain', 1200, 800, [1200, 675]],
    ['', 20_000, 2000, [8192, 819]],
  ])('of %s from %i x %i', (query, width, height, expected) => {
    expect(sizeOf(query, width, height)).toEqual(expected);
  });

  it('keeps to the area limit, which the frames of an animation share', () => {
    const [width = 0, height = 0] = sizeOf('width=8000&height=8000&mode=force&upscale=true', 10, 10);
    expect(width * height).toBeLessThanOrEqual(limits.maxPixels);
    expect(width).toBe(height);
  });

  it('is never empty and never beyond a limit', () => {
    const side = fc.integer({ min: 1, max: 30_000 });
    const box = fc.integer({ min: 1, max: 8192 });
    const mode = fc.constantFrom('clip', 'crop', 'contain', 'face', 'force');
    fc.assert(
      fc.property(side, side, box, box, mode, fc.boolean(), (width, height, w, h, m, upscale) => {
        const [x = 0, y = 0] = sizeOf(`width=${w}&height=${h}&mode=${m}&upscale=${upscale}`, width, height);
        expect(Math.min(x, y)).toBeGreaterThanOrEqual(1);
        expect(Math.max(x, y)).toBeLessThanOrEqual(limits.maxSide);
        expect(x * y).toBeLessThanOrEqual(limits.maxPixels);
        expect(x <= w && y <= h).toBe(true);
        const enlarged = x > width || y > height;
        expect(enlarged && !upscale && m !== 'contain').toBe(false);
      }),
    );
  });
});

describe('uprightSize', () => {
  it('swaps the sides of what lies on its side', () => {
    const turned = [1, 2, 3, 4, 5, 6, 7, 8].map(
      (orientation) => uprightSize({ width: 3, height: 2 }, orientation).width,
    );
    expect(turned).toEqual([3, 3, 3, 3, 2, 2, 2, 2]);
  });
});

describe('clampRegion', () => {
  const picture = { width: 100, height: 50 };

  it.each([
    ['0,0,100,50', { x: 0, y: 0, width: 100, height: 50 }],
    ['90,40,100,50', { x: 90, y: 40, width: 10, height: 10 }],
    ['99,49,1,1', { x: 99, y: 49, width: 1, height: 1 }],
    ['100,0,1,1', null],
    ['0,50,9,9', null],
  ])('%s', (region, expected) => {
    const [x = 0, y = 0, width = 0, height = 0] = region.split(',').map(Number);
    expect(clampRegion({ x, y, width, height }, picture)).toEqual(expected);
  });
});

describe('predictedSize', () => {
  it.each([
    ['width=60', 6, { width: 60, height: 90 }],
    ['width=60&orientation=1', 6, { width: 60, height: 40 }],
    ['region=0,0,100,400', 1, { width: 100, height: 400 }],
    ['region=0,0,100,4000&height=80', 6, { width: 7, height: 80 }],
    ['region=0,0,300,300&width=600&height=600&mode=crop', 1, { width: 300, height: 300 }],
  ])('%s with orientation %i', (query, orientation, expected) => {
    expect(predictedSize({ width: 1200, height: 800, orientation }, parsePlan(query), limits)).toEqual(
      expected,
    );
  });
});
