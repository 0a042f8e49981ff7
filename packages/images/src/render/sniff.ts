export const inputFormats = ['jpeg', 'png', 'webp', 'avif', 'gif', 'tiff', 'heic', 'svg', 'pdf'] as const;
export type InputFormat = (typeof inputFormats)[number];

/** As many of the first bytes as `sniff` ever looks at. */
export const sniffedBytes = 4096;

const latin1 = (bytes: Uint8Array, start: number, end: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', start, end);

/** ISO BMFF brands: AV1 (av1-avif, 6.2) and HEVC (ISO/IEC 23008-12, annex B.4). */
const brandFormats: ReadonlyMap<string, InputFormat> = new Map([
  ['avif', 'avif'],
  ['avis', 'avif'],
  ['heic', 'heic'],
  ['heix', 'heic'],
  ['hevc', 'heic'],
  ['hevx', 'heic'],
]);

/** `ftyp`: the first of the major and the compatible brands that names a codec decides. */
const sniffBrands = (bytes: Uint8Array): InputFormat | undefined => {
  const size = ((bytes[0] ?? 0) << 24) | ((bytes[1] ?? 0) << 16) | ((bytes[2] ?? 0) << 8) | (bytes[3] ?? 0);
  const end = Math.min(size, bytes.length, 256);
  for (let at = 8; at + 4 <= end; at += 4) {
    // Bytes 12 to 16 are the minor version, no brand.
    const format = at === 12 ? undefined : brandFormats.get(latin1(bytes, at, at + 4));
    if (format !== undefined) return format;
  }
  return undefined;
};

/** What may stand before the first element of an XML document: a byte order mark, blanks, instructions, comments, a DTD. */
const xmlProlog =
  /^(?:\xef\xbb\xbf)?(?:\s|<\?[^>]{0,1000}\?>|<!--(?:(?!-->)[^])*-->|<!DOCTYPE[^[>]{0,1000}(?:\[[^\]]*\]\s*)?>)*/;

/** A document with a DTD is told too, so that it can be refused in words that say why. */
const isSvg = (bytes: Uint8Array): boolean => {
  const text = latin1(bytes, 0, sniffedBytes);
  const prolog = xmlProlog.exec(text)?.[0].length ?? 0;
  return (
    /^<(?:[\w-]{1,20}:)?svg[\s/>]/.test(text.slice(prolog, prolog + 40)) ||
    /^<!DOCTYPE\s+svg\b/.test(text.slice(prolog))
  );
};

/**
 * Tells an image by its first bytes, so that nothing else ever reaches a decoder: a file that is also something else
 * further on is what it begins as. Undefined: none that we take.
 *
 * @example sniff(Buffer.from('GIF89a')) // 'gif'
 */
export const sniff = (bytes: Uint8Array): InputFormat | undefined => {
  const start = latin1(bytes, 0, 12);
  if (start.startsWith('\xff\xd8\xff')) return 'jpeg';
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return 'png';
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return 'gif';
  if (start.startsWith('RIFF') && start.endsWith('WEBP')) return 'webp';
  if (start.startsWith('II*\0') || start.startsWith('MM\0*')) return 'tiff';
  if (start.startsWith('%PDF-')) return 'pdf';
  if (start.slice(4, 8) === 'ftyp') return sniffBrands(bytes);
  return isSvg(bytes) ? 'svg' : undefined;
};
