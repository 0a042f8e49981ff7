import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endsInsideBlock } from './gif-end.ts';

const endsInside = (file: Uint8Array): boolean => endsInsideBlock((at) => file[at] ?? Number.NaN);

const head = [...Buffer.from('GIF89a'), 4, 0, 4, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255];
const control = [0x21, 0xf9, 4, 0, 5, 0, 0, 0];
const localTable = [0, 0, 0, 9, 9, 9, 99, 99, 99, 255, 255, 255];
const frame = [0x2c, 0, 0, 0, 0, 4, 0, 4, 0, 0x81, ...localTable, 2, 3, 1, 2, 3, 2, 4, 5, 0];
const blocks = [control, frame, control, frame];
const whole = [...head, ...blocks.flat()];
/** Where a block may end the file. */
const seams = new Set(blocks.map((_, index) => head.length + blocks.slice(0, index).flat().length));

describe('the end of a GIF', () => {
  it.each([
    ['its trailer', [0x3b]],
    ['nothing', []],
    ['something else', [0, 1, 2]],
  ])('is no cut with %s behind the last block', (_what, rest) => {
    expect(endsInside(Uint8Array.from([...whole, ...rest]))).toBe(false);
  });

  it('is a cut wherever it is inside a block', () => {
    for (let length = head.length; length < whole.length; length += 1) {
      expect([length, endsInside(Uint8Array.from(whole.slice(0, length)))]).toEqual([
        length,
        !seams.has(length),
      ]);
    }
  });

  it('is found in any bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(typeof endsInside(Uint8Array.from([...head, ...bytes]))).toBe('boolean');
      }),
    );
  });
});
