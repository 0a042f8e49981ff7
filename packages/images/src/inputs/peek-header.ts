import { imageSize } from 'image-size';
import type { OriginalFacts } from '../render/job.ts';
import { sniff } from '../render/sniff.ts';

/** Enough for the header of nearly every picture; a JPEG with a larger EXIF preview is not told. */
export const peekedBytes = 64 * 1024;

/** Start of frame (ITU-T T.81, table B.1): which marker it is says how the JPEG is coded. */
const isProgressiveJpeg = (head: Buffer): boolean => {
  for (let at = 2; at + 4 <= head.length && head[at] === 0xff;) {
    const marker = head[at + 1] ?? 0;
    // Without DHT (c4), JPG (c8) and DAC (cc), which lie among them.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker))
      return (marker & 0x03) === 0x02;
    at += marker === 0xff ? 1 : 2 + head.readUInt16BE(at + 2);
  }
  return false;
};

/** How often what one frame takes goes into the file: a guess, but one that tells two frames from a hundred. */
const guessFrames = (frameBytes: number, bytes: number): number =>
  Math.max(2, Math.round(bytes / Math.max(1, frameBytes)));

const netscape = Buffer.from('NETSCAPE2.0');

const gifFrames = (head: Buffer, bytes: number): number => {
  // A GIF that loops says so (netscape.com/assist/net_sites/GIF89.html); one that does not is still, as a rule.
  if (!head.includes(netscape)) return 1;
  const first = head.indexOf('\x21\xf9\x04', 0, 'latin1');
  const second = head.indexOf('\x21\xf9\x04', first + 8, 'latin1');
  return guessFrames(second === -1 ? head.length : second - first, bytes);
};

/** Flags of `VP8X` and the size of the first `ANMF` (RFC 9649, 2.7). */
const webpFacts = (head: Buffer, bytes: number): { frames: number; alpha: boolean } => {
  if (head.toString('latin1', 12, 16) !== 'VP8X' || head.length < 21) {
    return { frames: 1, alpha: head.toString('latin1', 12, 16) === 'VP8L' };
  }
  const flags = head[20] ?? 0;
  const frame = head.indexOf('ANMF', 0, 'latin1');
  const frameBytes = frame === -1 || frame + 8 > head.length ? head.length : head.readUInt32LE(frame + 4) + 8;
  return { frames: (flags & 0x02) === 0 ? 1 : guessFrames(frameBytes, bytes), alpha: (flags & 0x10) !== 0 };
};

/** Whether a drawing has filters: nothing where it has none, or none so early in the file. */
export const svgFilters = (text: string): Pick<OriginalFacts, 'filters'> =>
  /<(?:[\w-]+:)?filter[\s/>]/i.test(text) ? { filters: true } : {};

const pngAlphaTypes: ReadonlySet<number> = new Set([4, 6]);

const moreFacts = (
  format: OriginalFacts['format'],
  head: Buffer,
  bytes: number,
): Pick<OriginalFacts, 'frames' | 'alpha' | 'progressive' | 'filters'> => {
  const still = { frames: 1, alpha: false, progressive: false };
  switch (format) {
    case 'jpeg':
      return { ...still, progressive: isProgressiveJpeg(head) };
    case 'png':
      // IHDR: colour type and interlace method (PNG, 11.2.1).
      return { ...still, alpha: pngAlphaTypes.has(head[25] ?? 0), progressive: head[28] === 1 };
    case 'gif':
      return { ...still, alpha: true, frames: gifFrames(head, bytes) };
    case 'webp':
      return { ...still, ...webpFacts(head, bytes) };
    case 'svg':
      return { ...still, alpha: true, ...svgFilters(head.toString('latin1')) };
    case 'avif':
    case 'heic':
    case 'tiff':
    case 'pdf':
      return still;
  }
};

/**
 * What the first bytes of a file tell, for those who have no decoder: who admits jobs, before a renderer has opened the
 * original. Sizes, orientation and coding are as they are; the number of frames is guessed from the first one's size.
 * Null where they do not tell.
 *
 * @param head the first `peekedBytes` of the file, or all of it
 * @param bytes of the whole file
 */
export const peekHeader = (head: Uint8Array, bytes: number): OriginalFacts | null => {
  const format = sniff(head);
  if (format === undefined || format === 'pdf') return null;
  const view = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
  try {
    const { width, height, orientation = 1 } = imageSize(view);
    if (!(width >= 1 && height >= 1)) return null;
    const turned = orientation >= 1 && orientation <= 8 ? orientation : 1;
    return {
      format,
      width: Math.round(width),
      height: Math.round(height),
      orientation: turned,
      ...moreFacts(format, view, bytes),
    };
  } catch {
    // It throws for what it cannot find: that is this function's null.
    return null;
  }
};
