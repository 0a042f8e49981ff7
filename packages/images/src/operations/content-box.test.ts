import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentBox, cornerColor } from './content-box.ts';
import { draw, type Drawing } from './testing/drawings.ts';

const white = { red: 255, green: 255, blue: 255, alpha: 255 };
const raw = (drawing: Drawing) => ({ ...drawing, channels: 4 as const });

describe('contentBox', () => {
  it('finds exactly what was drawn inside a border', () => {
    const side = fc.integer({ min: 3, max: 20 });
    const edge = fc.integer({ min: 0, max: 9 });
    fc.assert(
      fc.property(side, side, edge, edge, edge, edge, (width, height, left, top, right, bottom) => {
        const inside = (x: number, y: number): boolean =>
          x >= left && x < left + width && y >= top && y < top + height;
        const drawing = draw(left + width + right, top + height + bottom, (x, y) =>
          inside(x, y) ? [10, 20, 30, 255] : [255, 255, 255, 255],
        );
        expect(contentBox(raw(drawing), white, 20)).toEqual({ left, top, width, height });
      }),
    );
  });

  it('is null where all is border', () => {
    expect(contentBox(raw(draw(9, 9, () => [250, 250, 250, 255])), white, 20)).toBeNull();
  });

  it('does not take one speck of dust for content', () => {
    const dust = draw(30, 30, (x, y) =>
      (x === 4 && y === 4) || x > 15 ? [0, 0, 0, 255] : [255, 255, 255, 255],
    );
    expect(contentBox(raw(dust), white, 20)).toMatchObject({ left: 16, top: 0 });
  });

  it('does not see the colour of what is transparent', () => {
    const drawing = draw(12, 12, (x, y) =>
      x > 3 && x < 8 && y > 3 && y < 8 ? [0, 0, 0, 255] : [x * 20, y * 20, 0, 0],
    );
    expect(contentBox(raw(drawing), cornerColor(raw(drawing)), 20)).toEqual({
      left: 4,
      top: 4,
      width: 4,
      height: 4,
    });
  });
});
