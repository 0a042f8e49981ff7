export const inputFormats = ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff', 'heic', 'svg', 'pdf'] as const;
export type InputFormat = (typeof inputFormats)[number];

const ascii = (bytes: Uint8Array, start: number, end: number): string =>
  String.fromCharCode(...bytes.subarray(start, end));

const avifBrands = new Set(['avif', 'avis']);

/** ISO BMFF: `ftyp` with AVIF among the major and the compatible brands. */
const isAvif = (bytes: Uint8Array): boolean => {
  if (ascii(bytes, 4, 8) !== 'ftyp') return false;
  const size = ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
  const end = Math.min(size, bytes.length, 256);
  for (let at = 8; at + 4 <= end; at += 4) {
    // Bytes 12 to 16 are the minor version, no brand.
    if (at !== 12 && avifBrands.has(ascii(bytes, at, at + 4))) return true;
  }
  return false;
};

/** Tells an image by its first bytes, so that nothing else ever reaches a decoder. Undefined: none that we take. */
export const sniff = (bytes: Uint8Array): InputFormat | undefined => {
  const start = ascii(bytes, 0, 12);
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'gif';
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return 'webp';
  if (start.startsWith('II*\0') || start.startsWith('MM\0*')) return 'tiff';
  return isAvif(bytes) ? 'avif' : undefined;
};
