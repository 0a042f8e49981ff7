import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faceArea, faceCenter } from './face-area.ts';

const picture = { width: 1000, height: 500 };
const left = { x: 0.1, y: 0.2, width: 0.1, height: 0.4, score: 0.9 };
const right = { x: 0.7, y: 0.4, width: 0.1, height: 0.2, score: 0.8 };
const all = { number: undefined, padding: 1, ratio: null };

describe('faceArea', () => {
  it('is the box around all faces', () => {
    expect(faceArea([left, right], picture, all)).toEqual({ left: 100, top: 100, width: 700, height: 200 });
  });

  it('is one face where the plan picks one, the largest first', () => {
    expect(faceArea([left, right], picture, { ...all, number: 2 })).toEqual({
      left: 700,
      top: 200,
      width: 100,
      height: 100,
    });
  });

  it('widens by the padding around the middle', () => {
    expect(faceArea([right], picture, { ...all, padding: 2 })).toEqual({
      left: 650,
      top: 150,
      width: 200,
      height: 200,
    });
  });

  it('takes the ratio of the box, and cuts no face off for it', () => {
    expect(faceArea([left], picture, { ...all, ratio: 1 })).toEqual({
      left: 50,
      top: 100,
      width: 200,
      height: 200,
    });
  });

  it('is not there without faces, or without the one that is asked for', () => {
    expect(faceArea([], picture, all)).toBeNull();
    expect(faceArea([left], picture, { ...all, number: 2 })).toBeNull();
    expect(faceCenter([left], 2)).toBeNull();
  });

  it('always lies in the picture', () => {
    const part = fc.double({ min: 0, max: 1, noNaN: true });
    const face = fc.record({ x: part, y: part, width: part, height: part, score: part });
    const side = fc.integer({ min: 1, max: 5000 });
    const wishes = fc.record({
      number: fc.constant(undefined),
      padding: fc.double({ min: 1, max: 20, noNaN: true }),
      ratio: fc.option(fc.double({ min: 1e-4, max: 1e4, noNaN: true })),
    });
    fc.assert(
      fc.property(
        fc.array(face, { minLength: 1, maxLength: 5 }),
        side,
        side,
        wishes,
        (faces, width, height, wanted) => {
          const area = faceArea(faces, { width, height }, wanted);
          expect(area).not.toBeNull();
          if (area === null) return;
          expect(Math.min(area.left, area.top)).toBeGreaterThanOrEqual(0);
          expect(Math.min(area.width, area.height)).toBeGreaterThanOrEqual(1);
          expect(area.left + area.width).toBeLessThanOrEqual(width);
          expect(area.top + area.height).toBeLessThanOrEqual(height);
        },
      ),
    );
  });
});
