import sharp, { type Sharp } from 'sharp';
import type { Size } from '../plan/geometry.ts';
import { tiffHeader } from './tiff-header.ts';

/** Red, green, blue and alpha become red, green and blue, behind `reserved` bytes that stay empty. */
const withoutAlpha = (rgba: Uint8Array | Uint8ClampedArray, reserved: number): Buffer => {
  const pixels = rgba.length / 4;
  const rgb = Buffer.allocUnsafe(reserved + pixels * 3);
  for (let from = 0, to = reserved; from < rgba.length; from += 4, to += 3) {
    rgb[to] = rgba[from] ?? 0;
    rgb[to + 1] = rgba[from + 1] ?? 0;
    rgb[to + 2] = rgba[from + 2] ?? 0;
  }
  return rgb;
};

/**
 * A pipeline over pixels that another decoder has made. sharp takes no profile with raw pixels, so pixels with one go in
 * as an uncompressed TIFF around the same memory.
 */
export const fromRgba = (
  rgba: Uint8Array | Uint8ClampedArray,
  size: Size,
  { alpha, icc }: { alpha: boolean; icc?: Uint8Array | undefined },
): Sharp => {
  const { width, height } = size;
  if (alpha) {
    const data = Buffer.from(rgba.buffer, rgba.byteOffset, rgba.byteLength);
    return sharp(data, { raw: { width, height, channels: 4 }, limitInputPixels: false });
  }
  if (icc === undefined) {
    return sharp(withoutAlpha(rgba, 0), { raw: { width, height, channels: 3 }, limitInputPixels: false });
  }
  const header = tiffHeader(size, icc);
  const tiff = withoutAlpha(rgba, header.length);
  tiff.set(header);
  return sharp(tiff, { limitInputPixels: false, sequentialRead: true });
};
