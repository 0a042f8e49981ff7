import type { Size } from '../plan/geometry.ts';

const short = 3;
const long = 4;
const undefinedType = 7;

/**
 * All of a TIFF but its pixels: red, green and blue of a byte each, uncompressed, one strip, with an ICC profile (TIFF
 * 6.0, section 2; tag 34675 of ICC.1, annex B.4).
 */
export const tiffHeader = ({ width, height }: Size, icc: Uint8Array): Buffer => {
  const entryCount = 11;
  const bitsAt = 8 + 2 + entryCount * 12 + 4;
  const iccAt = bitsAt + 6;
  // Offsets are even (TIFF 6.0, section 2).
  const pixelsAt = iccAt + icc.length + (icc.length % 2);
  const entries: [tag: number, type: number, count: number, value: number][] = [
    [256, long, 1, width],
    [257, long, 1, height],
    [258, short, 3, bitsAt],
    [259, short, 1, 1],
    [262, short, 1, 2],
    [273, long, 1, pixelsAt],
    [277, short, 1, 3],
    [278, long, 1, height],
    [279, long, 1, width * height * 3],
    [284, short, 1, 1],
    [34_675, undefinedType, icc.length, iccAt],
  ];
  const header = Buffer.alloc(pixelsAt);
  header.write('II*\0', 'latin1');
  header.writeUInt32LE(8, 4);
  header.writeUInt16LE(entryCount, 8);
  entries.forEach(([tag, type, count, value], index) => {
    const at = 10 + index * 12;
    header.writeUInt16LE(tag, at);
    header.writeUInt16LE(type, at + 2);
    header.writeUInt32LE(count, at + 4);
    header.writeUInt32LE(value, at + 8);
  });
  for (const channel of [0, 1, 2]) header.writeUInt16LE(8, bitsAt + channel * 2);
  header.set(icc, iccAt);
  return header;
};
