const signatureBytes = 8;

/** Chunks that decide how the picture looks (PNG, third edition, 11.2 and 11.3); all others are notes, or an animation. */
const kept = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'cHRM',
  'gAMA',
  'iCCP',
  'sBIT',
  'sRGB',
  'cICP',
  'mDCV',
  'cLLI',
  'pHYs',
]);

/** The same PNG without its notes and all that follows its end. Null where it is not laid out as a PNG is. */
export const stripPng = (png: Buffer): Buffer | null => {
  const parts = [png.subarray(0, signatureBytes)];
  for (let at = signatureBytes; at + 12 <= png.length;) {
    const end = at + 12 + png.readUInt32BE(at);
    const type = png.toString('latin1', at + 4, at + 8);
    if (end > png.length) return null;
    if (kept.has(type)) parts.push(png.subarray(at, end));
    if (type === 'IEND') return Buffer.concat(parts);
    at = end;
  }
  return null;
};
