import { describe, expect, it } from 'vitest';
import { parsePlan } from '../plan/plan.ts';
import { effectMatrix } from './color-effects.ts';
import {
  followedBy,
  hueMatrix,
  invertMatrix,
  sepiaMatrix,
  unchanged,
  type ColorMatrix,
} from './color-matrix.ts';
import { draw } from './testing/drawings.ts';
import { pixelsOf } from './testing/render-drawing.ts';

const close = (matrix: ColorMatrix): unknown =>
  matrix.map((row) => row.map((value) => expect.closeTo(value, 2) as unknown));

const orange = draw(8, 8, () => [200, 120, 40, 255]);
const colorAfter = async (query: string): Promise<number[]> =>
  (await pixelsOf({ original: orange, query })).at(4, 4);

describe('colour effects', () => {
  it('of a whole turn are none', () => {
    expect(hueMatrix(360)).toEqual(close(unchanged));
    expect(followedBy(hueMatrix(120), hueMatrix(240))).toEqual(close(unchanged));
  });

  it('run in the order hue, saturate, invert, sepia', () => {
    const { values } = parsePlan('sepia=100&invert=true');
    // Inverted first: what is added becomes the sepia of white.
    expect(effectMatrix(values)).toEqual(close(followedBy(invertMatrix, sepiaMatrix(100))));
    expect(effectMatrix(values)[0][3]).toBeCloseTo(0.393 + 0.769 + 0.189, 5);
  });

  // Computed from the matrices that the CSS specification prints, rounded, in Filter Effects Module Level 1, 8.
  it.each([
    ['saturate=0', [131, 131, 131]],
    ['saturate=200', [255, 109, 0]],
    ['invert=true', [55, 135, 215]],
    ['sepia=100', [178, 159, 124]],
    ['sepia=50', [189, 139, 82]],
    ['hue=180', [63, 143, 223]],
    ['hue=90', [40, 165, 63]],
  ])('%s gives what CSS gives', async (query, expected) => {
    const found = await colorAfter(query);
    found.forEach((channel, index) =>
      expect(Math.abs(channel - (expected[index] ?? 0))).toBeLessThanOrEqual(1),
    );
  });

  it('leave transparency alone', async () => {
    const faint = draw(8, 8, () => [200, 120, 40, 100]);
    const { at } = await pixelsOf({ original: faint, query: 'invert=true' });
    expect(at(4, 4)).toEqual([55, 135, 215, 100]);
  });
});
