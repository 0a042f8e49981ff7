import sharp from 'sharp';
import { claimSize } from '../../../packages/images/src/inputs/testing/make-heic.ts';
import { makePdf } from '../../../packages/images/src/inputs/testing/make-pdf.ts';
import { drawing, plain } from './whole-pictures.ts';

/** A copy with these bytes at that place. */
const patched = (file: Buffer, at: number, bytes: Uint8Array): Buffer => {
  const copy = Buffer.from(file);
  copy.set(bytes, at);
  return copy;
};

const placeOf = (file: Buffer, mark: Uint8Array): number => {
  const at = file.indexOf(mark);
  if (at === -1) throw new Error(`The file has no ${Buffer.from(mark).toString('hex')}`);
  return at;
};

const side = 65_000;
const bigEndian = [side >> 8, side & 0xff];
const littleEndian = [side & 0xff, side >> 8];

/** ITU-T T.81, B.2.2: length, precision, then lines and columns. */
const jpeg = (file: Buffer): Buffer =>
  patched(file, placeOf(file, Buffer.from([0xff, 0xc0])) + 5, Buffer.from([...bigEndian, ...bigEndian]));

/** The logical screen and the one image (GIF89a, 18 and 20). */
const gif = (file: Buffer): Buffer => {
  const screen = patched(file, 6, Buffer.from([...littleEndian, ...littleEndian]));
  const image = placeOf(file, Buffer.from([0x2c, 0, 0, 0, 0]));
  return patched(screen, image + 5, Buffer.from([...littleEndian, ...littleEndian]));
};

/** 14 bits a side, the most that VP8 has (RFC 6386, 9.1). */
const webp = (file: Buffer): Buffer =>
  patched(file, placeOf(file, Buffer.from([0x9d, 0x01, 0x2a])) + 3, Buffer.from([0xff, 0x3f, 0xff, 0x3f]));

/** ImageWidth and ImageLength (TIFF 6.0, section 8): tag, type, count 1, value. */
const tiff = (file: Buffer): Buffer => {
  const entry = (tag: number): number => {
    const at = [3, 4].map((type) => file.indexOf(Buffer.from([tag & 0xff, tag >> 8, type, 0, 1, 0, 0, 0])));
    return Math.max(...at) + 8;
  };
  const value = Buffer.from(littleEndian);
  return patched(patched(file, entry(256), value), entry(257), value);
};

/** Small files that say they are of gigapixels, by key. */
export const claimAbsurdSizes = async (heic: Buffer | null): Promise<Record<string, Buffer>> => ({
  'absurd.jpg': jpeg(await plain().jpeg().toBuffer()),
  'absurd.gif': gif(await plain().gif().toBuffer()),
  'absurd.webp': webp(await plain().webp().toBuffer()),
  'absurd.tiff': tiff(await plain().tiff().toBuffer()),
  'absurd.avif': claimSize(await plain().avif({ effort: 0 }).toBuffer(), side, side),
  'absurd.svg': drawing('', 'width="1e6" height="1e6"'),
  'absurd.pdf': makePdf(['1 0 0 rg 0 0 9 9 re f'], { width: 1e9, height: 1e9 }),
  ...(heic === null ? {} : { 'absurd.heic': claimSize(heic, side, side) }),
  // A PNG whose rows are not there.
  'absurd.png': patched(
    await sharp({ create: { width: 9, height: 9, channels: 3, background: '#123' } })
      .png()
      .toBuffer(),
    16,
    Buffer.from([0, 0, ...bigEndian, 0, 0, ...bigEndian]),
  ),
});
