import { encode } from 'blurhash';
import sharp from 'sharp';
import { rgbaToThumbHash } from 'thumbhash';
import type { RawPicture } from '../operations/stages.ts';
import type { BlurhashComponents } from '../parameters/output.ts';

/** A blurred stand-in of about 30 characters (https://blurha.sh); knows no transparency. */
export const blurhashOf = ({ data, width, height }: RawPicture, { x, y }: BlurhashComponents): string =>
  encode(new Uint8ClampedArray(data), width, height, x, y);

/** A stand-in of about 25 bytes that keeps ratio and transparency (https://evanw.github.io/thumbhash), in base64. */
export const thumbhashOf = ({ data, width, height }: RawPicture): string =>
  Buffer.from(rgbaToThumbHash(width, height, data)).toString('base64');

/**
 * Difference hash: each bit says whether a point is darker than its right neighbour, in 8 rows of 9 points. Pictures
 * that look alike differ in few bits.
 *
 * @returns 16 hexadecimal digits
 */
export const differenceHashOf = async ({ data, width, height }: RawPicture): Promise<string> => {
  const grey = await sharp(data, { raw: { width, height, channels: 4 } })
    .flatten({ background: '#ffffff' })
    .resize({ width: 9, height: 8, fit: 'fill', kernel: 'linear' })
    .greyscale()
    .toColourspace('b-w')
    .raw()
    .toBuffer();
  let bits = 0n;
  for (let row = 0; row < 8; row += 1) {
    for (let column = 0; column < 8; column += 1) {
      const at = row * 9 + column;
      bits = (bits << 1n) | ((grey[at] ?? 0) < (grey[at + 1] ?? 0) ? 1n : 0n);
    }
  }
  return bits.toString(16).padStart(16, '0');
};
